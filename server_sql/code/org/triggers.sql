-- Changes of the company's layout are audited.
call audit.watch('org.companies');
call audit.watch('org.branches');
call audit.watch('org.warehouses');
call audit.watch('org.work_centres');
call audit.watch('org.units');
