-- Job roles: what each job may do, as bundles of action roles. Shipped ones are exactly as written here; companies copy them.
insert into auth.roles (name, kind, department, title_zh, title_en, description_zh, description_en) values
    ('erp_job_sales_clerk', 'job', 'sales', '销售员', 'Sales clerk', '本人的客户和订单；库存数量，不含成本。', 'Own customers and orders; stock quantities, never costs.'),
    ('erp_job_sales_manager', 'job', 'sales', '销售经理', 'Sales manager', '分公司的订单及毛利；审批和解除冻结。', 'The orders of the branch with their margin; approves and releases.'),
    ('erp_job_warehouse_keeper', 'job', 'stock', '仓管员', 'Warehouse keeper', '所管仓库的库存和送货单；收货、拣货、发货、盘点。', 'Stock and delivery notes of the own warehouses; receives, picks, ships, counts.'),
    ('erp_job_planner', 'job', 'production', '计划员', 'Planner', '工厂的需求、库存和产能；排产并下达生产工单。', 'Demand, stock and capacity of the plant; schedules and releases work orders.'),
    ('erp_job_shop_floor_worker', 'job', 'production', '车间工人', 'Shop-floor worker', '所属工作中心的工序；报工和报废。', 'The operations of the own work centre; reports pieces and scrap.'),
    ('erp_job_buyer', 'job', 'purchasing', '采购员', 'Buyer', '采购需求、供应商和采购价；编制并发送采购单。', 'Requirements, suppliers and purchase prices; plans and sends purchase orders.'),
    ('erp_job_finance', 'job', 'finance', '财务', 'Finance', '公司的发票、收付款、成本和账簿。', 'Invoices, payments, costs and ledgers of the company.'),
    ('erp_job_after_sales', 'job', 'service', '售后客服', 'After-sales', '已送达的订单；投诉、维修和退货。', 'Delivered orders; complaints, repairs and returns.'),
    ('erp_job_executive', 'job', 'reports', '总经理', 'Executive', '查看全部，除最高级审批外不做任何修改。', 'Everything, changing nothing except decisions at the top level.'),
    ('erp_job_administrator', 'job', 'admin', '系统管理员', 'Administrator', '账号、权限、设置和审计；管理员身份本身看不到业务数据。', 'Accounts, rights, settings and audit; no business rows by right of being administrator.');

do $$
declare
    v_bundle record;
    v_role name;
begin
    for v_bundle in
        select r.name as job, r.description_en, array(select ('erp_' || a)::name from unnest(b.actions) a) as roles
        from (values
            ('erp_job_sales_clerk', '{order_view_own,order_enter,order_import,customer_view_own,customer_enter,product_view,
                price_view,stock_view_all}'::text[]),
            ('erp_job_sales_manager', '{order_view_branch,order_enter,order_import,order_approve,order_release,
                customer_view_branch,customer_enter,product_view,product_enter,price_view,stock_view_all,margin_view,report_view}'),
            ('erp_job_warehouse_keeper', '{stock_view,stock_adjust,shipment_view,shipment_enter,shipment_ship,receipt_enter,
                product_view}'),
            ('erp_job_planner', '{production_view,production_plan,product_view,stock_view_all}'),
            ('erp_job_shop_floor_worker', '{production_report,product_view}'),
            ('erp_job_buyer', '{supplier_view,purchase_view,purchase_enter,purchase_send,product_view,stock_view_all}'),
            ('erp_job_finance', '{order_view_all,order_release,customer_view_all,product_view,price_view,supplier_view,purchase_view,
                invoice_view,invoice_enter,payment_enter,journal_view,cost_view,margin_view,report_view}'),
            ('erp_job_after_sales', '{order_view_delivered,customer_view_all,product_view}'),
            ('erp_job_executive', '{order_view_all,order_approve_top,customer_view_all,product_view,price_view,stock_view_all,
                supplier_view,purchase_view,production_view,invoice_view,journal_view,cost_view,margin_view,report_view,
                audit_view}'),
            ('erp_job_administrator', '{user_manage,audit_view,settings_manage}')
        ) b (job, actions)
        join auth.roles r on r.name = b.job
    loop
        call meta.ensure_role(v_bundle.job, v_bundle.description_en);
        for v_role in
            select pg_get_userbyid(m.roleid) from pg_auth_members m where m.member = v_bundle.job::regrole
            except select unnest(v_bundle.roles)
        loop
            execute format('revoke %I from %I', v_role, v_bundle.job);
        end loop;
        for v_role in
            select unnest(v_bundle.roles)
            except select pg_get_userbyid(m.roleid) from pg_auth_members m where m.member = v_bundle.job::regrole
        loop
            execute format('grant %I to %I', v_role, v_bundle.job);
        end loop;
    end loop;
end $$;
