-- Chart of accounts after the Chinese Accounting Standards for Business Enterprises (application guide, appendix), and which
-- event posts where. Amounts of stock are split into raw material and goods, which stand in different accounts.
insert into finance.accounts (code, name_zh, name_en, kind) values
    ('1001', '库存现金', 'Cash on hand', 'asset'),
    ('1002', '银行存款', 'Bank', 'asset'),
    ('1122', '应收账款', 'Trade receivables', 'asset'),
    ('1403', '原材料', 'Raw material', 'asset'),
    ('1405', '库存商品', 'Finished goods', 'asset'),
    ('1901', '待处理财产损溢', 'Stock differences to be settled', 'asset'),
    ('2202', '应付账款（暂估）', 'Goods received, not invoiced', 'liability'),
    ('2203', '预收账款', 'Advances from customers', 'liability'),
    ('222101', '应交增值税（销项税额）', 'Output value-added tax', 'liability'),
    ('4001', '实收资本', 'Paid-in capital', 'equity'),
    ('5001', '生产成本', 'Work in progress', 'asset'),
    ('6001', '主营业务收入', 'Sales revenue', 'income'),
    ('6401', '主营业务成本', 'Cost of goods sold', 'expense');

insert into finance.posting_rules (event, side, component, account_id)
select r.event, r.side, r.component, a.id
from (values
    ('opening', 'debit', 'raw', '1403'), ('opening', 'credit', 'raw', '4001'),
    ('opening', 'debit', 'goods', '1405'), ('opening', 'credit', 'goods', '4001'),
    ('receipt', 'debit', 'raw', '1403'), ('receipt', 'credit', 'raw', '2202'),
    ('receipt', 'debit', 'goods', '1405'), ('receipt', 'credit', 'goods', '2202'),
    ('consumption', 'debit', 'raw', '5001'), ('consumption', 'credit', 'raw', '1403'),
    ('consumption', 'debit', 'goods', '5001'), ('consumption', 'credit', 'goods', '1405'),
    ('production', 'debit', 'raw', '1403'), ('production', 'credit', 'raw', '5001'),
    ('production', 'debit', 'goods', '1405'), ('production', 'credit', 'goods', '5001'),
    ('shipment', 'debit', 'raw', '6401'), ('shipment', 'credit', 'raw', '1403'),
    ('shipment', 'debit', 'goods', '6401'), ('shipment', 'credit', 'goods', '1405'),
    ('adjustment', 'debit', 'raw', '1403'), ('adjustment', 'credit', 'raw', '1901'),
    ('adjustment', 'debit', 'goods', '1405'), ('adjustment', 'credit', 'goods', '1901'),
    ('invoice', 'debit', 'gross', '1122'), ('invoice', 'credit', 'net', '6001'), ('invoice', 'credit', 'tax', '222101'),
    ('payment', 'debit', 'gross', '1002'), ('payment', 'credit', 'gross', '2203'),
    ('cash_payment', 'debit', 'gross', '1001'), ('cash_payment', 'credit', 'gross', '2203'),
    ('allocation', 'debit', 'gross', '2203'), ('allocation', 'credit', 'gross', '1122')
) as r (event, side, component, account_code)
join finance.accounts a on a.code = r.account_code;
