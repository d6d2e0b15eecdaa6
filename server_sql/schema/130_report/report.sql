-- Figures over all departments, as views only.
create schema report;
comment on schema report is 'Figures for dashboards and reports: views over what the reader may see.';
