-- Sales before a company sets anything: fast numbers for what many enter at once, the usual price list, who approves what.
call meta.make_series_fast('SO');
call meta.make_series_fast('CU');
call meta.make_series_fast('PD');

insert into meta.settings (name, value, description) values
    ('default_price_list', '"RETAIL"', 'Code of the price list that new customers get.');

insert into workflow.approval_rules (document_type, level, min_amount, min_discount, action_role) values
    ('order', 1, 20000, null, 'erp_order_approve'),
    ('order', 1, null, 0.05, 'erp_order_approve'),
    ('order', 2, 100000, null, 'erp_order_approve_top'),
    ('order', 2, null, 0.20, 'erp_order_approve_top');
