-- Action roles: one for each thing a person may be allowed to do. Policies and grants name them; job roles bundle them.
create table auth.roles (
    name name primary key check (name ~ '^erp_[a-z][a-z0-9_]*$'),
    kind text not null check (kind in ('action', 'job')),
    department text not null,
    title_zh text not null,
    title_en text not null,
    description text not null
);
comment on table auth.roles is 'The roles that people can be given. Membership itself is kept by PostgreSQL.';
comment on column auth.roles.kind is 'action: one right, named by policies and grants; job: a bundle of action roles, given to people.';
comment on column auth.roles.department is 'Where the editor of rights lists the role.';
alter table auth.roles enable row level security;

insert into auth.roles (name, kind, department, title_zh, title_en, description) values
    ('erp_order_view_own', 'action', 'sales', '查看本人订单', 'See own orders', 'Sees the sales orders that she owns.'),
    ('erp_order_view_branch', 'action', 'sales', '查看分公司订单', 'See the branch''s orders', 'Sees the sales orders of her branches.'),
    ('erp_order_view_all', 'action', 'sales', '查看全部订单', 'See all orders', 'Sees the sales orders of all branches.'),
    ('erp_order_view_delivered', 'action', 'sales', '查看已送达订单', 'See delivered orders', 'Sees the sales orders that have reached the customer.'),
    ('erp_order_enter', 'action', 'sales', '录入订单', 'Enter orders', 'Enters, changes and submits sales orders that she sees.'),
    ('erp_order_import', 'action', 'sales', '导入订单', 'Import orders', 'Imports files of sales orders.'),
    ('erp_order_approve', 'action', 'sales', '审批订单', 'Approve orders', 'Approves and returns sales orders at the first levels.'),
    ('erp_order_approve_top', 'action', 'sales', '最高级审批', 'Approve at the top level', 'Decides the approvals that the matrix sends to the top level.'),
    ('erp_order_release', 'action', 'sales', '解除订单冻结', 'Release held orders', 'Releases sales orders that are on hold.'),
    ('erp_customer_view_own', 'action', 'sales', '查看本人客户', 'See own customers', 'Sees the customers that she owns.'),
    ('erp_customer_view_branch', 'action', 'sales', '查看分公司客户', 'See the branch''s customers', 'Sees the customers of her branches.'),
    ('erp_customer_view_all', 'action', 'sales', '查看全部客户', 'See all customers', 'Sees the customers of all branches.'),
    ('erp_customer_enter', 'action', 'sales', '录入客户', 'Enter customers', 'Enters and changes customers that she sees.'),
    ('erp_product_view', 'action', 'catalog', '查看产品', 'See products', 'Sees products, options and bills of material, without prices and costs.'),
    ('erp_product_enter', 'action', 'catalog', '录入产品', 'Enter products', 'Enters products, also those that an imported file names.'),
    ('erp_price_view', 'action', 'catalog', '查看销售价', 'See sales prices', 'Sees price lists.'),
    ('erp_stock_view', 'action', 'stock', '查看本仓库存', 'See stock of own warehouses', 'Sees quantities and moves of her warehouses.'),
    ('erp_stock_view_all', 'action', 'stock', '查看全部库存', 'See stock of all warehouses', 'Sees quantities of all warehouses, never costs.'),
    ('erp_stock_adjust', 'action', 'stock', '调整库存', 'Adjust stock', 'Counts, adjusts and transfers stock of her warehouses.'),
    ('erp_shipment_view', 'action', 'stock', '查看发货单', 'See shipments', 'Sees the shipments of her warehouses, without prices.'),
    ('erp_shipment_enter', 'action', 'stock', '拣货备货', 'Pick and pack', 'Makes, picks and cancels shipments of her warehouses.'),
    ('erp_shipment_ship', 'action', 'stock', '发货', 'Ship', 'Ships, and reports departure and delivery.'),
    ('erp_supplier_view', 'action', 'purchasing', '查看供应商', 'See suppliers', 'Sees suppliers and their terms.'),
    ('erp_purchase_view', 'action', 'purchasing', '查看采购', 'See purchasing', 'Sees purchase requests and purchase orders with their prices.'),
    ('erp_purchase_enter', 'action', 'purchasing', '录入采购单', 'Enter purchase orders', 'Turns requests into purchase orders and changes them.'),
    ('erp_purchase_send', 'action', 'purchasing', '发送采购单', 'Send purchase orders', 'Sends purchase orders to suppliers.'),
    ('erp_receipt_enter', 'action', 'purchasing', '收货', 'Receive goods', 'Receives purchased goods into her warehouses.'),
    ('erp_production_view', 'action', 'production', '查看生产', 'See production', 'Sees work orders, operations and capacity of the plant.'),
    ('erp_production_plan', 'action', 'production', '生产计划', 'Plan production', 'Schedules, releases and cancels work orders.'),
    ('erp_production_report', 'action', 'production', '生产报工', 'Report production', 'Starts, stops and reports the operations of her work centres.'),
    ('erp_invoice_view', 'action', 'finance', '查看发票', 'See invoices', 'Sees invoices and payments.'),
    ('erp_invoice_enter', 'action', 'finance', '开票', 'Issue invoices', 'Makes and issues invoices and credit notes.'),
    ('erp_payment_enter', 'action', 'finance', '收付款', 'Record payments', 'Records payments and allocates them.'),
    ('erp_journal_view', 'action', 'finance', '查看凭证', 'See the ledger', 'Sees accounts and journal entries.'),
    ('erp_cost_view', 'action', 'finance', '查看成本', 'See costs', 'Sees costs of products, stock and orders.'),
    ('erp_margin_view', 'action', 'finance', '查看毛利', 'See margins', 'Sees the margin of the orders that she sees.'),
    ('erp_report_view', 'action', 'reports', '查看报表', 'See reports', 'Sees dashboards and reports over the rows that she sees.'),
    ('erp_user_manage', 'action', 'admin', '管理账户', 'Manage accounts', 'Creates people, gives and takes roles, unlocks and resets.'),
    ('erp_audit_view', 'action', 'admin', '查看审计', 'See the audit trail', 'Sees who changed what, and who logged in.'),
    ('erp_settings_manage', 'action', 'admin', '管理设置', 'Manage settings', 'Changes settings, rules and approval matrices.');

do $$
declare
    v_role auth.roles;
begin
    for v_role in select * from auth.roles where kind = 'action' loop
        call meta.ensure_role(v_role.name, v_role.description);
    end loop;
end $$;
