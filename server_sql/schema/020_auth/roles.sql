-- Action roles: one for each thing a person may be allowed to do. Policies and grants name them; job roles and the
-- company's own roles bundle them.
create table auth.roles (
    id bigint generated always as identity unique,
    name name primary key check (name ~ '^erp_[a-z][a-z0-9_]*$'),
    kind text not null check (kind in ('action', 'job', 'custom')),
    department text not null,
    title_zh text not null check (length(title_zh) between 1 and 100),
    title_en text not null check (length(title_en) between 1 and 100),
    description_zh text not null default '' check (length(description_zh) <= 400),
    description_en text not null default '' check (length(description_en) <= 400),
    needs name[] not null default '{}',
    version int not null default 1,
    created_at timestamptz not null default clock_timestamp(),
    created_by bigint,
    check ((kind = 'custom') = (name ~ '^erp_c_[0-9a-f]{16}$'))
);
comment on table auth.roles is 'The roles that people can be given. Membership itself is kept by PostgreSQL.';
comment on column auth.roles.name is 'A role of PostgreSQL. That of a custom role is random: roles are shared by all databases of a server.';
comment on column auth.roles.kind is
    'action: one right, named by policies and grants; job: a bundle of action roles that ships with the product; custom: the company''s own bundle of roles of any kind.';
comment on column auth.roles.department is 'Where the editor of rights lists the role.';
comment on column auth.roles.needs is 'The rights without which this one opens nothing: it contains them, so that every combination of rights works.';
comment on column auth.roles.version is 'Grows with each change; commands name the version they were shown.';
comment on column auth.roles.created_by is 'Null for roles that ship with the product.';
create index roles_created_by_idx on auth.roles (created_by);
alter table auth.roles enable row level security;

insert into auth.roles (name, kind, department, title_zh, title_en, description_zh, description_en) values
    ('erp_order_view_own', 'action', 'sales', '查看本人订单', 'See own orders', '可查看由本人负责的销售订单。', 'Sees the sales orders that she owns.'),
    ('erp_order_view_branch', 'action', 'sales', '查看分公司订单', 'See the branch''s orders', '可查看所属分公司的销售订单。', 'Sees the sales orders of her branches.'),
    ('erp_order_view_all', 'action', 'sales', '查看全部订单', 'See all orders', '可查看所有分公司的销售订单。', 'Sees the sales orders of all branches.'),
    ('erp_order_view_delivered', 'action', 'sales', '查看已送达订单', 'See delivered orders', '可查看已送达客户的销售订单。', 'Sees the sales orders that have reached the customer.'),
    ('erp_order_enter', 'action', 'sales', '录入订单', 'Enter orders', '可录入、修改和提交可见范围内的销售订单。', 'Enters, changes and submits sales orders that she sees.'),
    ('erp_order_import', 'action', 'sales', '导入订单', 'Import orders', '可从文件批量导入销售订单。', 'Imports files of sales orders.'),
    ('erp_order_approve', 'action', 'sales', '审批订单', 'Approve orders', '可在前几级审批或退回销售订单。', 'Approves and returns sales orders at the first levels.'),
    ('erp_order_approve_top', 'action', 'sales', '最高级审批', 'Approve at the top level', '可处理审批规则送至最高级的审批。', 'Decides the approvals that the matrix sends to the top level.'),
    ('erp_order_release', 'action', 'sales', '解除订单冻结', 'Release held orders', '可解除被冻结的销售订单。', 'Releases sales orders that are on hold.'),
    ('erp_customer_view_own', 'action', 'sales', '查看本人客户', 'See own customers', '可查看由本人负责的客户。', 'Sees the customers that she owns.'),
    ('erp_customer_view_branch', 'action', 'sales', '查看分公司客户', 'See the branch''s customers', '可查看所属分公司的客户。', 'Sees the customers of her branches.'),
    ('erp_customer_view_all', 'action', 'sales', '查看全部客户', 'See all customers', '可查看所有分公司的客户。', 'Sees the customers of all branches.'),
    ('erp_customer_enter', 'action', 'sales', '录入客户', 'Enter customers', '可录入和修改可见范围内的客户。', 'Enters and changes customers that she sees.'),
    ('erp_product_view', 'action', 'catalog', '查看产品', 'See products', '可查看产品和选项，不含物料清单、价格和成本。', 'Sees products and options, without bills of material, prices and costs.'),
    ('erp_product_enter', 'action', 'catalog', '录入产品', 'Enter products', '可录入产品，包括导入文件中出现的新产品。', 'Enters products, also those that an imported file names.'),
    ('erp_price_view', 'action', 'catalog', '查看销售价', 'See sales prices', '可查看价目表。', 'Sees price lists.'),
    ('erp_stock_view', 'action', 'stock', '查看本仓库存', 'See stock of own warehouses', '可查看所管仓库的库存数量和流水。', 'Sees quantities and moves of her warehouses.'),
    ('erp_stock_view_all', 'action', 'stock', '查看全部库存', 'See stock of all warehouses', '可查看所有仓库的库存数量，不含成本。', 'Sees quantities of all warehouses, never costs.'),
    ('erp_stock_adjust', 'action', 'stock', '调整库存', 'Adjust stock', '可对所管仓库进行盘点、调整和调拨。', 'Counts, adjusts and transfers stock of her warehouses.'),
    ('erp_shipment_view', 'action', 'stock', '查看送货单', 'See delivery notes', '可查看所管仓库的送货单，不含价格。', 'Sees the delivery notes of her warehouses, without prices.'),
    ('erp_shipment_enter', 'action', 'stock', '拣货备货', 'Pick and pack', '可为所管仓库开具、拣货和取消送货单。', 'Makes, picks and cancels delivery notes of her warehouses.'),
    ('erp_shipment_ship', 'action', 'stock', '发货', 'Ship', '可发货，并登记发车和送达。', 'Ships, and reports departure and delivery.'),
    ('erp_supplier_view', 'action', 'purchasing', '查看供应商', 'See suppliers', '可查看供应商及其供货条件。', 'Sees suppliers and their terms.'),
    ('erp_purchase_view', 'action', 'purchasing', '查看采购', 'See purchasing', '可查看采购申请和采购单及其价格。', 'Sees purchase requests and purchase orders with their prices.'),
    ('erp_purchase_enter', 'action', 'purchasing', '录入采购单', 'Enter purchase orders', '可将采购申请转为采购单并修改采购单。', 'Turns requests into purchase orders and changes them.'),
    ('erp_purchase_send', 'action', 'purchasing', '发送采购单', 'Send purchase orders', '可向供应商发送采购单。', 'Sends purchase orders to suppliers.'),
    ('erp_receipt_enter', 'action', 'purchasing', '收货', 'Receive goods', '可将采购到货收入所管仓库。', 'Receives purchased goods into her warehouses.'),
    ('erp_production_view', 'action', 'production', '查看生产', 'See production', '可查看生产工单、工序、物料清单和工厂产能。', 'Sees work orders, operations, bills of material and capacity of the plant.'),
    ('erp_production_plan', 'action', 'production', '生产计划', 'Plan production', '可排产、下达和取消生产工单。', 'Schedules, releases and cancels work orders.'),
    ('erp_production_report', 'action', 'production', '生产报工', 'Report production', '可对所属工作中心的工序开工、停工和报工。', 'Starts, stops and reports the operations of her work centres.'),
    ('erp_invoice_view', 'action', 'finance', '查看发票', 'See invoices', '可查看发票和收付款。', 'Sees invoices and payments.'),
    ('erp_invoice_enter', 'action', 'finance', '开票', 'Issue invoices', '可开具发票和红字发票。', 'Makes and issues invoices and credit notes.'),
    ('erp_payment_enter', 'action', 'finance', '收付款', 'Record payments', '可登记收付款并核销。', 'Records payments and allocates them.'),
    ('erp_journal_view', 'action', 'finance', '查看凭证', 'See the ledger', '可查看会计科目和凭证。', 'Sees accounts and journal entries.'),
    ('erp_cost_view', 'action', 'finance', '查看成本', 'See costs', '可查看产品、库存和订单的成本。', 'Sees costs of products, stock and orders.'),
    ('erp_margin_view', 'action', 'finance', '查看毛利', 'See margins', '可查看可见订单的毛利。', 'Sees the margin of the orders that she sees.'),
    ('erp_report_view', 'action', 'reports', '查看报表', 'See reports', '可查看可见数据范围内的看板和报表。', 'Sees dashboards and reports over the rows that she sees.'),
    ('erp_user_manage', 'action', 'admin', '管理账号', 'Manage accounts', '可创建人员、授予和收回角色、解锁账号、重置密码。', 'Creates people, gives and takes roles, unlocks and resets.'),
    ('erp_audit_view', 'action', 'admin', '查看审计', 'See the audit trail', '可查看谁修改了什么、谁登录过。', 'Sees who changed what, and who logged in.'),
    ('erp_settings_manage', 'action', 'admin', '管理设置', 'Manage settings', '可修改系统设置、业务规则和审批规则。', 'Changes settings, rules and approval matrices.');

update auth.roles r set needs = array(select ('erp_' || e)::name from unnest(n.needs) e)
from (values
    ('order_enter', '{order_view_own,customer_view_own,product_view,price_view}'::text[]),
    ('order_import', '{order_view_own,customer_view_own,product_view}'),
    ('order_approve', '{order_view_own}'),
    ('order_approve_top', '{order_view_own}'),
    ('order_release', '{order_view_own}'),
    ('customer_enter', '{customer_view_own}'),
    ('product_enter', '{product_view}'),
    ('price_view', '{product_view}'),
    ('stock_view', '{product_view}'),
    ('stock_view_all', '{product_view}'),
    ('stock_adjust', '{stock_view}'),
    ('shipment_view', '{product_view}'),
    ('shipment_enter', '{shipment_view}'),
    ('shipment_ship', '{shipment_view}'),
    ('purchase_view', '{product_view,supplier_view}'),
    ('purchase_enter', '{purchase_view}'),
    ('purchase_send', '{purchase_view}'),
    ('receipt_enter', '{product_view}'),
    ('production_view', '{product_view}'),
    ('production_plan', '{production_view}'),
    ('production_report', '{product_view}'),
    ('invoice_view', '{order_view_all,customer_view_all}'),
    ('invoice_enter', '{invoice_view}'),
    ('payment_enter', '{invoice_view}')
) n (action, needs)
where r.name = 'erp_' || n.action;

do $$
declare
    v_role auth.roles;
    v_need name;
begin
    for v_role in select * from auth.roles where kind = 'action' order by id loop
        call meta.ensure_role(v_role.name, v_role.description_en);
    end loop;
    for v_role in select * from auth.roles where kind = 'action' order by id loop
        -- Granted already where another database of this server is installed.
        for v_need in
            select unnest(v_role.needs)
            except select pg_get_userbyid(m.roleid) from pg_auth_members m where m.member = v_role.name::regrole
        loop
            execute format('grant %I to %I', v_need, v_role.name);
        end loop;
    end loop;
end $$;
