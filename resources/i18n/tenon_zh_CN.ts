<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Tenon</source>
        <translation>关于榫卯</translation>
    </message>
    <message>
        <source>C&amp;lose</source>
        <translation>关闭(&amp;L)</translation>
    </message>
    <message>
        <source>From the order to the finished piece, for makers of furniture.</source>
        <translation>从接单到成品，专为家具制造企业打造。</translation>
    </message>
    <message>
        <source>Licensed under the Apache License 2.0. Noto Sans SC under the SIL Open Font License 1.1.</source>
        <translation>本软件以 Apache License 2.0 许可发布；思源黑体（Noto Sans SC）以 SIL Open Font License 1.1 许可发布。</translation>
    </message>
    <message>
        <source>Tenon</source>
        <translation>榫卯</translation>
    </message>
    <message>
        <source>Version {version} · Python {python} · Qt {qt}</source>
        <translation>版本 {version} · Python {python} · Qt {qt}</translation>
    </message>
</context>
<context>
    <name>AccountDialog</name>
    <message numerus="yes">
        <source>%n sessions ended.</source>
        <translation>
            <numerusform>已结束 %n 个登录。</numerusform>
        </translation>
    </message>
    <message>
        <source>Ending sessions</source>
        <translation>正在结束登录</translation>
    </message>
    <message>
        <source>Making recovery codes</source>
        <translation>正在生成恢复码</translation>
    </message>
    <message>
        <source>My account</source>
        <translation>我的账号</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>已保存。</translation>
    </message>
    <message>
        <source>Switching codes off</source>
        <translation>正在停用验证码</translation>
    </message>
    <message>
        <source>You log in with your password only from now on.</source>
        <translation>今后登录只需密码。</translation>
    </message>
</context>
<context>
    <name>AllocationModel</name>
    <message>
        <source>Allocate at most what is unpaid.</source>
        <translation>核销金额不能超过未收金额。</translation>
    </message>
</context>
<context>
    <name>ApprovalsPage</name>
    <message numerus="yes">
        <source>%n orders approved</source>
        <translation>
            <numerusform>已审批 %n 张订单</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n orders returned</source>
        <translation>
            <numerusform>已退回 %n 张订单</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Approve</source>
        <translation>批准(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Return</source>
        <translation>退回(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Return…</source>
        <translation>退回(&amp;R)…</translation>
    </message>
    <message>
        <source>Approving orders</source>
        <translation>正在审批订单</translation>
    </message>
    <message>
        <source>Nothing waits for your decision.</source>
        <translation>没有待您审批的单据。</translation>
    </message>
    <message>
        <source>Number or customer</source>
        <translation>单号或客户</translation>
    </message>
    <message>
        <source>Return for correction</source>
        <translation>退回修改</translation>
    </message>
    <message>
        <source>Returning orders</source>
        <translation>正在退回订单</translation>
    </message>
    <message>
        <source>Select fewer orders: only those that were on screen can be decided together.</source>
        <translation>请少选一些订单：只有在屏幕上显示过的订单才能一起审批。</translation>
    </message>
    <message>
        <source>What is to be &amp;corrected?</source>
        <translation>需要更正什么(&amp;C)？</translation>
    </message>
</context>
<context>
    <name>ApprovalsPanel</name>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Approvals</source>
        <translation>审批</translation>
    </message>
    <message>
        <source>Level {level}</source>
        <translation>第 {level} 级</translation>
    </message>
    <message>
        <source>Level {level}: {people}</source>
        <translation>第 {level} 级：{people}</translation>
    </message>
    <message>
        <source>Nobody: it is confirmed as soon as it is submitted.</source>
        <translation>无需审批：提交后立即确认。</translation>
    </message>
    <message>
        <source>Over the customer's credit limit: it will be on hold until it is released.</source>
        <translation>超出客户信用额度：提交后将挂起，直至解除。</translation>
    </message>
    <message>
        <source>Priced by the list of {priced_on}: {amount} before tax. By the customer's list of {compared_on} it would be {current_amount}. The greater discount of both counts.</source>
        <translation>按 {priced_on} 的价目表计价：未税 {amount}。按 {compared_on} 的客户价目表为 {current_amount}。折扣取两者中较大者。</translation>
    </message>
    <message>
        <source>Who must appro&amp;ve this?</source>
        <translation>由谁审批(&amp;V)？</translation>
    </message>
    <message>
        <source>nobody at present</source>
        <translation>暂无可审批人</translation>
    </message>
</context>
<context>
    <name>AuditPage</name>
    <message>
        <source>Changes by this &amp;person</source>
        <translation>此人的变更(&amp;P)</translation>
    </message>
    <message>
        <source>History of this &amp;row</source>
        <translation>此记录的历史(&amp;R)</translation>
    </message>
    <message>
        <source>Nothing has changed yet.</source>
        <translation>尚无任何变更。</translation>
    </message>
    <message>
        <source>Person, document number or code</source>
        <translation>人员、单号或编码</translation>
    </message>
    <message>
        <source>Print the newest &amp;seal…</source>
        <translation>打印最新封印(&amp;S)…</translation>
    </message>
    <message>
        <source>Seal {number}</source>
        <translation>封印 {number}</translation>
    </message>
</context>
<context>
    <name>BalancePage</name>
    <message>
        <source>&amp;Book a count…</source>
        <translation>录入盘点(&amp;B)…</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Stock</source>
        <translation>库存</translation>
    </message>
    <message>
        <source>Stock {product} · {warehouse}</source>
        <translation>库存 {product} · {warehouse}</translation>
    </message>
    <message>
        <source>This document opens for the people who work on it.</source>
        <translation>只有经办该单据的人员可以打开它。</translation>
    </message>
</context>
<context>
    <name>BalancesPage</name>
    <message>
        <source>&amp;Book a count…</source>
        <translation>录入盘点(&amp;B)…</translation>
    </message>
    <message>
        <source>Product: code, name, pinyin or initials</source>
        <translation>产品：编码、名称、拼音或首字母</translation>
    </message>
    <message>
        <source>There is no stock yet. It begins with the first goods receipt, work report or count.</source>
        <translation>还没有库存。首次收货、报工或盘点后即产生库存。</translation>
    </message>
</context>
<context>
    <name>BatchTable</name>
    <message>
        <source>Amount with tax</source>
        <translation>含税金额</translation>
    </message>
    <message>
        <source>By</source>
        <translation>操作人</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Imported at</source>
        <translation>导入时间</translation>
    </message>
    <message>
        <source>In the books</source>
        <translation>已入账</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>明细</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Undone {at}</source>
        <translation>已于 {at} 撤销</translation>
    </message>
</context>
<context>
    <name>BatchTeller</name>
    <message>
        <source>Done: {done}. Refused: {refused}.</source>
        <translation>成功 {done} 张，被拒 {refused} 张。</translation>
    </message>
    <message>
        <source>… and {count} more</source>
        <translation>…另有 {count} 项</translation>
    </message>
</context>
<context>
    <name>BugDialog</name>
    <message>
        <source>&amp;Copy details</source>
        <translation>复制详情(&amp;C)</translation>
    </message>
    <message>
        <source>A fault in the program</source>
        <translation>程序故障</translation>
    </message>
    <message>
        <source>C&amp;lose</source>
        <translation>关闭(&amp;L)</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Nothing that was saved is lost, and what you typed is still there. Try it once more; if it happens again, copy the details and send them to your administrator.</source>
        <translation>已保存的内容没有丢失，您输入的内容也还在。请再试一次；如果再次出现，请复制详情并发给系统管理员。</translation>
    </message>
    <message>
        <source>Something went wrong inside the program.</source>
        <translation>程序内部出现了故障。</translation>
    </message>
</context>
<context>
    <name>ChangePanel</name>
    <message>
        <source>After</source>
        <translation>变更后</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>变更前</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Only values that the program keeps for itself have changed.</source>
        <translation>只有程序内部使用的数据发生了变化。</translation>
    </message>
    <message>
        <source>Select a change to see what it did.</source>
        <translation>选中一条变更以查看其内容。</translation>
    </message>
    <message>
        <source>What changed</source>
        <translation>变更内容</translation>
    </message>
</context>
<context>
    <name>ChoicePopup</name>
    <message>
        <source>Nothing found</source>
        <translation>未找到</translation>
    </message>
</context>
<context>
    <name>CodePage</name>
    <message>
        <source>&amp;Code</source>
        <translation>验证码(&amp;C)</translation>
    </message>
    <message>
        <source>Enter one of the recovery codes that you kept. Each is good once.</source>
        <translation>请输入您保存的恢复码之一，每个恢复码只能使用一次。</translation>
    </message>
    <message>
        <source>Enter the code.</source>
        <translation>请输入验证码。</translation>
    </message>
    <message>
        <source>Enter your code</source>
        <translation>输入验证码</translation>
    </message>
    <message>
        <source>Log &amp;in</source>
        <translation>登录(&amp;I)</translation>
    </message>
    <message>
        <source>Phone not at hand? Use a &amp;recovery code</source>
        <translation>手机不在身边？使用恢复码(&amp;R)</translation>
    </message>
    <message>
        <source>Recovery &amp;code</source>
        <translation>恢复码(&amp;C)</translation>
    </message>
    <message>
        <source>Use the code of the &amp;phone</source>
        <translation>使用手机验证码(&amp;P)</translation>
    </message>
    <message>
        <source>Your authenticator program shows six digits for Tenon that change every half minute.</source>
        <translation>请打开手机上的验证器，输入其中为 Tenon 显示的六位数字（每 30 秒更新一次）。</translation>
    </message>
</context>
<context>
    <name>ColumnDialog</name>
    <message>
        <source>&amp;Apply</source>
        <translation>应用(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Down</source>
        <translation>下移(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Up</source>
        <translation>上移(&amp;U)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Tick what shall show; drag, or press Alt+Up and Alt+Down, to move.</source>
        <translation>勾选要显示的列；拖动或按 Alt+↑、Alt+↓ 调整顺序。</translation>
    </message>
</context>
<context>
    <name>Columns</name>
    <message>
        <source>Account</source>
        <translation>科目</translation>
    </message>
    <message>
        <source>Account name</source>
        <translation>科目名称</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Adjusted at</source>
        <translation>调整时间</translation>
    </message>
    <message>
        <source>Adjusted by</source>
        <translation>调整人</translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>预警</translation>
    </message>
    <message>
        <source>Allocate</source>
        <translation>核销</translation>
    </message>
    <message>
        <source>Allocated</source>
        <translation>已核销</translation>
    </message>
    <message>
        <source>Allocated at</source>
        <translation>核销时间</translation>
    </message>
    <message>
        <source>Allocated by</source>
        <translation>核销人</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Amount with tax</source>
        <translation>含税金额</translation>
    </message>
    <message>
        <source>Arrived from the step before</source>
        <translation>上道转入数量</translation>
    </message>
    <message>
        <source>Available</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>Bank</source>
        <translation>开户银行</translation>
    </message>
    <message>
        <source>Bank account</source>
        <translation>银行账号</translation>
    </message>
    <message>
        <source>Bank reference</source>
        <translation>银行流水号</translation>
    </message>
    <message>
        <source>Being made</source>
        <translation>在制</translation>
    </message>
    <message>
        <source>Belongs to category</source>
        <translation>上级类别</translation>
    </message>
    <message>
        <source>Branch</source>
        <translation>分公司</translation>
    </message>
    <message>
        <source>Buyer</source>
        <translation>采购员</translation>
    </message>
    <message>
        <source>By</source>
        <translation>操作人</translation>
    </message>
    <message>
        <source>Carrier</source>
        <translation>承运商</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>渠道</translation>
    </message>
    <message>
        <source>Chinese address</source>
        <translation>中文地址</translation>
    </message>
    <message>
        <source>Chinese description</source>
        <translation>中文说明</translation>
    </message>
    <message>
        <source>Chinese name</source>
        <translation>中文名称</translation>
    </message>
    <message>
        <source>City</source>
        <translation>城市</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>审批意见</translation>
    </message>
    <message>
        <source>Component</source>
        <translation>用料</translation>
    </message>
    <message>
        <source>Computer</source>
        <translation>计算机</translation>
    </message>
    <message>
        <source>Confirmed at</source>
        <translation>确认时间</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>联系人</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>包含</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>实盘数量</translation>
    </message>
    <message>
        <source>Created at</source>
        <translation>创建时间</translation>
    </message>
    <message>
        <source>Created by</source>
        <translation>创建人</translation>
    </message>
    <message>
        <source>Credit</source>
        <translation>贷方</translation>
    </message>
    <message>
        <source>Credit limit</source>
        <translation>信用额度</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>币种</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Customer name on the document</source>
        <translation>单据上的客户名称</translation>
    </message>
    <message>
        <source>Customer reference</source>
        <translation>客户单号</translation>
    </message>
    <message>
        <source>Customer's price now</source>
        <translation>客户现行价</translation>
    </message>
    <message>
        <source>Database role</source>
        <translation>数据库角色</translation>
    </message>
    <message>
        <source>Days overdue</source>
        <translation>逾期天数</translation>
    </message>
    <message>
        <source>Debit</source>
        <translation>借方</translation>
    </message>
    <message>
        <source>Decided at</source>
        <translation>审批时间</translation>
    </message>
    <message>
        <source>Decided by</source>
        <translation>审批角色</translation>
    </message>
    <message>
        <source>Decided by the person</source>
        <translation>审批人</translation>
    </message>
    <message>
        <source>Decimals</source>
        <translation>小数位数</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>审批结果</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>已送达</translation>
    </message>
    <message>
        <source>Delivered at</source>
        <translation>送达时间</translation>
    </message>
    <message>
        <source>Delivery note</source>
        <translation>送货单</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>部门</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>盘点差异</translation>
    </message>
    <message>
        <source>Discount</source>
        <translation>折扣</translation>
    </message>
    <message>
        <source>District</source>
        <translation>区县</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>单据</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>到期日</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>电子邮箱</translation>
    </message>
    <message>
        <source>Ended by</source>
        <translation>结束原因</translation>
    </message>
    <message>
        <source>English address</source>
        <translation>英文地址</translation>
    </message>
    <message>
        <source>English description</source>
        <translation>英文说明</translation>
    </message>
    <message>
        <source>English name</source>
        <translation>英文名称</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>凭证号</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>Expected on</source>
        <translation>预计到货</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Finish by</source>
        <translation>完工期限</translation>
    </message>
    <message>
        <source>Finished at</source>
        <translation>完工时间</translation>
    </message>
    <message>
        <source>First lock (minutes)</source>
        <translation>首次锁定时长（分钟）</translation>
    </message>
    <message>
        <source>For order line</source>
        <translation>对应订单行</translation>
    </message>
    <message>
        <source>For sale</source>
        <translation>可销售</translation>
    </message>
    <message>
        <source>For work order</source>
        <translation>对应工单</translation>
    </message>
    <message>
        <source>From amount</source>
        <translation>起始金额</translation>
    </message>
    <message>
        <source>From discount</source>
        <translation>起始折扣</translation>
    </message>
    <message>
        <source>Full name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Goods receipt</source>
        <translation>收货单</translation>
    </message>
    <message>
        <source>Greatest discount</source>
        <translation>最高折扣</translation>
    </message>
    <message>
        <source>Imported at</source>
        <translation>导入时间</translation>
    </message>
    <message>
        <source>Imported by</source>
        <translation>导入人</translation>
    </message>
    <message>
        <source>Imported from</source>
        <translation>导入文件</translation>
    </message>
    <message>
        <source>In production</source>
        <translation>生产中</translation>
    </message>
    <message>
        <source>Incoming</source>
        <translation>在途</translation>
    </message>
    <message>
        <source>Invoice</source>
        <translation>发票</translation>
    </message>
    <message>
        <source>Invoiced</source>
        <translation>已开票</translation>
    </message>
    <message>
        <source>Issued</source>
        <translation>开票日期</translation>
    </message>
    <message>
        <source>Issued to production</source>
        <translation>已领数量</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Kind of document</source>
        <translation>单据类型</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Last login</source>
        <translation>上次登录</translation>
    </message>
    <message>
        <source>Lead days</source>
        <translation>交货天数</translation>
    </message>
    <message>
        <source>Least length of passwords</source>
        <translation>密码最短长度</translation>
    </message>
    <message>
        <source>Least length of passwords with one-time codes</source>
        <translation>使用动态验证码时的密码最短长度</translation>
    </message>
    <message>
        <source>Length of a session (hours)</source>
        <translation>会话时长（小时）</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>级别</translation>
    </message>
    <message>
        <source>Line no.</source>
        <translation>行号</translation>
    </message>
    <message>
        <source>Line of the order</source>
        <translation>订单行号</translation>
    </message>
    <message>
        <source>Lines ready</source>
        <translation>备齐行数</translation>
    </message>
    <message>
        <source>Lines waiting</source>
        <translation>待料行数</translation>
    </message>
    <message>
        <source>List</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>List price</source>
        <translation>价目表单价</translation>
    </message>
    <message>
        <source>Locked until</source>
        <translation>锁定至</translation>
    </message>
    <message>
        <source>Logged in</source>
        <translation>已登录</translation>
    </message>
    <message>
        <source>Longest lock (hours)</source>
        <translation>最长锁定时长（小时）</translation>
    </message>
    <message>
        <source>Made at</source>
        <translation>制单时间</translation>
    </message>
    <message>
        <source>Made by</source>
        <translation>制单人</translation>
    </message>
    <message>
        <source>Made so far</source>
        <translation>完工数量</translation>
    </message>
    <message>
        <source>Made to order</source>
        <translation>定制</translation>
    </message>
    <message>
        <source>Material from</source>
        <translation>领料仓库</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>收款方式</translation>
    </message>
    <message>
        <source>Minimum quantity</source>
        <translation>最小订购量</translation>
    </message>
    <message>
        <source>Minutes per day</source>
        <translation>每日工时（分钟）</translation>
    </message>
    <message>
        <source>Minutes per piece</source>
        <translation>单件工时（分钟）</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>缺料</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>出入库类型</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Name or number</source>
        <translation>名称/单号</translation>
    </message>
    <message>
        <source>Needed on</source>
        <translation>需求日期</translation>
    </message>
    <message>
        <source>Needs the rights</source>
        <translation>所需权限</translation>
    </message>
    <message>
        <source>Net amount</source>
        <translation>不含税金额</translation>
    </message>
    <message>
        <source>Not allocated</source>
        <translation>未核销</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>单号</translation>
    </message>
    <message>
        <source>Number of lines</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>Number of orders</source>
        <translation>订单数</translation>
    </message>
    <message>
        <source>On hand</source>
        <translation>现存量</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>挂起</translation>
    </message>
    <message>
        <source>One-time codes</source>
        <translation>验证码</translation>
    </message>
    <message>
        <source>One-time codes at login</source>
        <translation>登录需要动态验证码</translation>
    </message>
    <message>
        <source>Open lines</source>
        <translation>未清行数</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>Order amount</source>
        <translation>订单金额</translation>
    </message>
    <message>
        <source>Order by</source>
        <translation>最迟下单</translation>
    </message>
    <message>
        <source>Order date</source>
        <translation>下单日期</translation>
    </message>
    <message>
        <source>Order line</source>
        <translation>订单行</translation>
    </message>
    <message>
        <source>Order quantity</source>
        <translation>订购数量</translation>
    </message>
    <message>
        <source>Ordered on</source>
        <translation>下单日期</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>负责人</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>已收金额</translation>
    </message>
    <message>
        <source>Part of</source>
        <translation>上级工单</translation>
    </message>
    <message>
        <source>Password changed</source>
        <translation>修改密码时间</translation>
    </message>
    <message>
        <source>Passwords are valid for (days)</source>
        <translation>密码有效期（天）</translation>
    </message>
    <message>
        <source>Passwords remembered</source>
        <translation>不得重复的历史密码数</translation>
    </message>
    <message>
        <source>Payment</source>
        <translation>收款</translation>
    </message>
    <message>
        <source>Payment days</source>
        <translation>账期（天）</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人数</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Picked</source>
        <translation>已拣货</translation>
    </message>
    <message>
        <source>Planned minutes</source>
        <translation>计划工时（分钟）</translation>
    </message>
    <message>
        <source>Planner</source>
        <translation>计划员</translation>
    </message>
    <message>
        <source>Posted</source>
        <translation>记账日期</translation>
    </message>
    <message>
        <source>Posted at</source>
        <translation>过账时间</translation>
    </message>
    <message>
        <source>Posted by</source>
        <translation>过账人</translation>
    </message>
    <message>
        <source>Preferred</source>
        <translation>首选</translation>
    </message>
    <message>
        <source>Preferred supplier</source>
        <translation>首选供应商</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>单价</translation>
    </message>
    <message>
        <source>Price list</source>
        <translation>价目表</translation>
    </message>
    <message>
        <source>Printed on</source>
        <translation>输出方式</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>产品</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Projected</source>
        <translation>预计可用</translation>
    </message>
    <message>
        <source>Promised</source>
        <translation>承诺交期</translation>
    </message>
    <message>
        <source>Province</source>
        <translation>省份</translation>
    </message>
    <message>
        <source>Purchase order</source>
        <translation>采购单</translation>
    </message>
    <message>
        <source>Purchase order line</source>
        <translation>采购单行</translation>
    </message>
    <message>
        <source>Qty</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Qty received</source>
        <translation>已收数量</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Quantity needed</source>
        <translation>需用数量</translation>
    </message>
    <message>
        <source>Quantity per piece</source>
        <translation>单件用量</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Reason of return</source>
        <translation>退回原因</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>已收货</translation>
    </message>
    <message>
        <source>Received at</source>
        <translation>收货时间</translation>
    </message>
    <message>
        <source>Received before</source>
        <translation>此前已收</translation>
    </message>
    <message>
        <source>Received by</source>
        <translation>收货人</translation>
    </message>
    <message>
        <source>Received now</source>
        <translation>本次实收</translation>
    </message>
    <message>
        <source>Received on</source>
        <translation>收款日期</translation>
    </message>
    <message>
        <source>Recorded at</source>
        <translation>登记时间</translation>
    </message>
    <message>
        <source>Recorded by</source>
        <translation>登记人</translation>
    </message>
    <message>
        <source>Recovery codes left</source>
        <translation>剩余恢复码</translation>
    </message>
    <message>
        <source>Released at</source>
        <translation>下达时间</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Reorder point</source>
        <translation>再订货点</translation>
    </message>
    <message>
        <source>Requested at</source>
        <translation>申请时间</translation>
    </message>
    <message>
        <source>Reserved</source>
        <translation>已占用</translation>
    </message>
    <message>
        <source>Reserved at</source>
        <translation>占用时间</translation>
    </message>
    <message>
        <source>Reverses</source>
        <translation>冲销凭证</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Roles that need one-time codes</source>
        <translation>需要动态验证码的角色</translation>
    </message>
    <message>
        <source>Row id</source>
        <translation>记录号</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>Scrap</source>
        <translation>报废</translation>
    </message>
    <message>
        <source>Seal on the server</source>
        <translation>服务器上的封印</translation>
    </message>
    <message>
        <source>Seal that the computer remembers</source>
        <translation>本机记住的封印</translation>
    </message>
    <message>
        <source>Sent at</source>
        <translation>发送时间</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>登录会话</translation>
    </message>
    <message>
        <source>Sessions end when not used for (minutes)</source>
        <translation>无操作自动退出（分钟）</translation>
    </message>
    <message>
        <source>Setup minutes</source>
        <translation>准备工时（分钟）</translation>
    </message>
    <message>
        <source>Ship to</source>
        <translation>送货地址</translation>
    </message>
    <message>
        <source>Shipped</source>
        <translation>已发货</translation>
    </message>
    <message>
        <source>Shipped at</source>
        <translation>发货时间</translation>
    </message>
    <message>
        <source>Signed for by</source>
        <translation>签收人</translation>
    </message>
    <message>
        <source>Specification</source>
        <translation>规格</translation>
    </message>
    <message>
        <source>Start on</source>
        <translation>开工日期</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Step no.</source>
        <translation>工序号</translation>
    </message>
    <message>
        <source>Still open</source>
        <translation>未清</translation>
    </message>
    <message>
        <source>Submitted at</source>
        <translation>提交时间</translation>
    </message>
    <message>
        <source>Submitted by</source>
        <translation>提交人</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>Supplier</source>
        <translation>供应商</translation>
    </message>
    <message>
        <source>Supplier code</source>
        <translation>供应商编码</translation>
    </message>
    <message>
        <source>Supplier's delivery note</source>
        <translation>供应商送货单号</translation>
    </message>
    <message>
        <source>Supply</source>
        <translation>供应方式</translation>
    </message>
    <message>
        <source>Tax</source>
        <translation>税额</translation>
    </message>
    <message>
        <source>Tax %</source>
        <translation>税率</translation>
    </message>
    <message>
        <source>Tax number</source>
        <translation>税号</translation>
    </message>
    <message>
        <source>Tax rate</source>
        <translation>税率</translation>
    </message>
    <message>
        <source>To be changed at the next login</source>
        <translation>下次登录须修改</translation>
    </message>
    <message>
        <source>To invoice</source>
        <translation>待开票</translation>
    </message>
    <message>
        <source>To pick</source>
        <translation>待拣</translation>
    </message>
    <message>
        <source>Today's price</source>
        <translation>当前价格</translation>
    </message>
    <message>
        <source>Transaction</source>
        <translation>事务</translation>
    </message>
    <message>
        <source>Undone at</source>
        <translation>撤销时间</translation>
    </message>
    <message>
        <source>Undone by</source>
        <translation>撤销人</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Unpaid</source>
        <translation>未收</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>用户名</translation>
    </message>
    <message>
        <source>Valid from</source>
        <translation>生效日期</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Vehicle</source>
        <translation>车辆</translation>
    </message>
    <message>
        <source>Volume (m³)</source>
        <translation>体积（立方米）</translation>
    </message>
    <message>
        <source>Waiting order</source>
        <translation>等待的订单</translation>
    </message>
    <message>
        <source>Warehouse</source>
        <translation>仓库</translation>
    </message>
    <message>
        <source>Waste rate</source>
        <translation>损耗率</translation>
    </message>
    <message>
        <source>Weight (kg)</source>
        <translation>重量（千克）</translation>
    </message>
    <message>
        <source>What</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>操作人</translation>
    </message>
    <message>
        <source>Work centre</source>
        <translation>工作中心</translation>
    </message>
    <message>
        <source>Work order</source>
        <translation>生产工单</translation>
    </message>
    <message>
        <source>Work order material</source>
        <translation>工单用料</translation>
    </message>
    <message>
        <source>Works at</source>
        <translation>所属范围</translation>
    </message>
    <message>
        <source>Wrong passwords allowed</source>
        <translation>允许输错密码次数</translation>
    </message>
    <message>
        <source>Wrong passwords allowed from one address</source>
        <translation>同一地址允许输错密码次数</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Go to</source>
        <translation>转到</translation>
    </message>
    <message>
        <source>Go to a screen, a document, a customer, a product, an action…</source>
        <translation>转到功能、单据、客户、产品或操作…</translation>
    </message>
    <message>
        <source>Hits</source>
        <translation>搜索结果</translation>
    </message>
    <message>
        <source>↑ ↓ choose    Enter open    Esc close</source>
        <translation>↑ ↓ 选择    Enter 打开    Esc 关闭</translation>
    </message>
</context>
<context>
    <name>ComplaintTable</name>
    <message>
        <source>Cell</source>
        <translation>单元格</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>What helps, and why</source>
        <translation>处理办法与原因</translation>
    </message>
</context>
<context>
    <name>ConnectionCheck</name>
    <message>
        <source>&amp;Cancel the check</source>
        <translation>取消检查(&amp;C)</translation>
    </message>
    <message>
        <source>C&amp;lose</source>
        <translation>关闭(&amp;L)</translation>
    </message>
    <message>
        <source>Check &amp;again</source>
        <translation>重新检查(&amp;A)</translation>
    </message>
    <message>
        <source>Check the connection</source>
        <translation>检查连接</translation>
    </message>
    <message>
        <source>Copy &amp;report</source>
        <translation>复制报告(&amp;R)</translation>
    </message>
    <message>
        <source>Everything is in order: people can log in here.</source>
        <translation>一切正常：可以登录这台服务器。</translation>
    </message>
    <message>
        <source>The check was cancelled.</source>
        <translation>已取消检查。</translation>
    </message>
    <message>
        <source>{name}: {host}</source>
        <translation>{name}：{host}</translation>
    </message>
</context>
<context>
    <name>CountDialog</name>
    <message>
        <source>&amp;Book the count</source>
        <translation>过账盘点(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Counted quantity</source>
        <translation>实盘数量(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Reason of the difference</source>
        <translation>差异原因(&amp;R)</translation>
    </message>
    <message>
        <source>Book a count</source>
        <translation>录入盘点</translation>
    </message>
    <message>
        <source>Booking the count</source>
        <translation>正在过账盘点</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Choose or type</source>
        <translation>请选择或输入</translation>
    </message>
    <message>
        <source>Choose or type the reason: it stands in the journal of counts.</source>
        <translation>请选择或输入原因：它将记入盘点记录。</translation>
    </message>
    <message>
        <source>Count what lies there, reserved goods included.</source>
        <translation>请清点实物，包括已占用的货物。</translation>
    </message>
    <message>
        <source>Count {number} is booked.</source>
        <translation>盘点单 {number} 已过账。</translation>
    </message>
    <message>
        <source>Damaged or scrapped</source>
        <translation>损坏或报废</translation>
    </message>
    <message>
        <source>Difference: {qty} {unit}</source>
        <translation>差异：{qty} {unit}</translation>
    </message>
    <message>
        <source>Enter what was counted.</source>
        <translation>请输入实盘数量。</translation>
    </message>
    <message>
        <source>Found again</source>
        <translation>盘盈找回</translation>
    </message>
    <message>
        <source>Reason of the difference</source>
        <translation>差异原因</translation>
    </message>
    <message>
        <source>Stock count</source>
        <translation>盘点</translation>
    </message>
    <message>
        <source>The books say {on_hand} {unit}, {reserved} of them reserved.</source>
        <translation>账面 {on_hand} {unit}，其中已占用 {reserved}。</translation>
    </message>
    <message>
        <source>Wrong receipt or issue corrected</source>
        <translation>更正错误的收发货</translation>
    </message>
</context>
<context>
    <name>CustomerPage</name>
    <message>
        <source>&amp;Active: can be chosen for new orders</source>
        <translation>启用(&amp;A)：可用于新订单</translation>
    </message>
    <message>
        <source>&amp;Branch</source>
        <translation>分公司(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Code</source>
        <translation>编码(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;District</source>
        <translation>区县(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Kind</source>
        <translation>类型(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>Addr&amp;ess</source>
        <translation>详细地址(&amp;E)</translation>
    </message>
    <message>
        <source>C&amp;ity</source>
        <translation>城市(&amp;I)</translation>
    </message>
    <message>
        <source>Con&amp;tact</source>
        <translation>联系人(&amp;T)</translation>
    </message>
    <message>
        <source>Credit li&amp;mit</source>
        <translation>信用额度(&amp;M)</translation>
    </message>
    <message>
        <source>Customer {code} is saved.</source>
        <translation>客户 {code} 已保存。</translation>
    </message>
    <message>
        <source>En&amp;glish name</source>
        <translation>英文名称(&amp;G)</translation>
    </message>
    <message>
        <source>Full &amp;name</source>
        <translation>客户名称(&amp;N)</translation>
    </message>
    <message>
        <source>New &amp;order</source>
        <translation>新建订单(&amp;O)</translation>
    </message>
    <message>
        <source>O&amp;wner</source>
        <translation>负责人(&amp;W)</translation>
    </message>
    <message>
        <source>P&amp;hone</source>
        <translation>电话(&amp;H)</translation>
    </message>
    <message>
        <source>P&amp;rovince</source>
        <translation>省份(&amp;R)</translation>
    </message>
    <message>
        <source>Pa&amp;yment days</source>
        <translation>账期（天）(&amp;Y)</translation>
    </message>
    <message>
        <source>Price &amp;list</source>
        <translation>价目表(&amp;L)</translation>
    </message>
    <message>
        <source>Saving the customer</source>
        <translation>正在保存客户</translation>
    </message>
    <message>
        <source>Ta&amp;x number</source>
        <translation>税号(&amp;X)</translation>
    </message>
    <message>
        <source>the next number</source>
        <translation>自动编号</translation>
    </message>
</context>
<context>
    <name>CustomersPage</name>
    <message>
        <source>&amp;New customer</source>
        <translation>新建客户(&amp;N)</translation>
    </message>
    <message>
        <source>Code, name, pinyin or phone</source>
        <translation>编码、名称、拼音或电话</translation>
    </message>
    <message>
        <source>New &amp;order</source>
        <translation>新建订单(&amp;O)</translation>
    </message>
    <message>
        <source>No customers yet. Ctrl+N enters one.</source>
        <translation>还没有客户。按 Ctrl+N 新建。</translation>
    </message>
</context>
<context>
    <name>DashboardPage</name>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Best sellers</source>
        <translation>畅销产品</translation>
    </message>
    <message>
        <source>Cash in the period</source>
        <translation>期间回款</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Customers owe</source>
        <translation>应收账款</translation>
    </message>
    <message>
        <source>Dashboard</source>
        <translation>经营看板</translation>
    </message>
    <message>
        <source>Days late</source>
        <translation>逾期天数</translation>
    </message>
    <message>
        <source>Last {days} days</source>
        <translation>近 {days} 天</translation>
    </message>
    <message>
        <source>Late orders</source>
        <translation>逾期订单</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>单号</translation>
    </message>
    <message>
        <source>Open orders</source>
        <translation>在手订单</translation>
    </message>
    <message>
        <source>Orders in the period</source>
        <translation>期间接单</translation>
    </message>
    <message>
        <source>Orders taken a day</source>
        <translation>每日接单</translation>
    </message>
    <message>
        <source>Orders today</source>
        <translation>今日接单</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>期间</translation>
    </message>
    <message>
        <source>Promised</source>
        <translation>承诺交期</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Shipped today</source>
        <translation>今日发货</translation>
    </message>
    <message>
        <source>{amount} overdue</source>
        <translation>其中逾期 {amount}</translation>
    </message>
    <message>
        <source>{count} approvals waiting</source>
        <translation>{count} 项待审批</translation>
    </message>
    <message>
        <source>{count} orders</source>
        <translation>{count} 张订单</translation>
    </message>
    <message>
        <source>{count} work orders under way</source>
        <translation>{count} 张工单在制</translation>
    </message>
</context>
<context>
    <name>DateField</name>
    <message>
        <source>Calendar (F4)</source>
        <translation>日历 (F4)</translation>
    </message>
</context>
<context>
    <name>DayDialog</name>
    <message>
        <source>&amp;Move the day</source>
        <translation>调整日期(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Reason, for everybody who waits</source>
        <translation>原因，供等待的同事查看(&amp;R)</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Enter a day from {day} on: that is when it was ordered.</source>
        <translation>请填写 {day} 或之后的日期：采购单是这一天下的。</translation>
    </message>
    <message>
        <source>Enter another day: it is expected on this one already.</source>
        <translation>请填写另一个日期：现在就是预计这一天到货。</translation>
    </message>
    <message>
        <source>Enter the day that the supplier names.</source>
        <translation>请填写供应商答复的到货日。</translation>
    </message>
    <message>
        <source>Move the expected day</source>
        <translation>调整预计到货日</translation>
    </message>
    <message>
        <source>New &amp;day</source>
        <translation>新的到货日(&amp;D)</translation>
    </message>
    <message>
        <source>Purchase order {number} is expected on {day}.</source>
        <translation>采购单 {number} 预计 {day} 到货。</translation>
    </message>
    <message>
        <source>Say why: it stands in the timeline.</source>
        <translation>请填写原因，它会记入单据动态。</translation>
    </message>
    <message>
        <source>Shorten the text to {limit} characters.</source>
        <translation>请将文字缩短到 {limit} 个字符以内。</translation>
    </message>
</context>
<context>
    <name>DifferencePanel</name>
    <message numerus="yes">
        <source>%n of them lose something, at once.</source>
        <translation>
            <numerusform>其中 %n 人将立即失去部分权限。</numerusform>
        </translation>
    </message>
    <message>
        <source>Gains: {right}</source>
        <translation>获得：{right}</translation>
    </message>
    <message>
        <source>Loses: {right}</source>
        <translation>失去：{right}</translation>
    </message>
    <message>
        <source>Nobody's rights change.</source>
        <translation>没有人的权限发生变化。</translation>
    </message>
    <message numerus="yes">
        <source>The rights of %n people change.</source>
        <translation>
            <numerusform>%n 人的权限将发生变化。</numerusform>
        </translation>
    </message>
    <message>
        <source>What this changes</source>
        <translation>变更影响</translation>
    </message>
    <message>
        <source>Who gains and who loses which right</source>
        <translation>谁将获得、谁将失去哪些权限</translation>
    </message>
    <message>
        <source>{gained} gained, {lost} lost</source>
        <translation>获得 {gained} 项，失去 {lost} 项</translation>
    </message>
    <message>
        <source>{name} ({login})</source>
        <translation>{name}（{login}）</translation>
    </message>
    <message>
        <source>{name} ({login}), inactive</source>
        <translation>{name}（{login}），已停用</translation>
    </message>
</context>
<context>
    <name>DocumentPage</name>
    <message>
        <source>&amp;Print…</source>
        <translation>打印(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;Send again</source>
        <translation>再次发送(&amp;S)</translation>
    </message>
    <message>
        <source>Go on with the next step</source>
        <translation>执行下一步</translation>
    </message>
    <message>
        <source>It is saved, but you went on typing: the next step was not taken.</source>
        <translation>已保存，但您之后又有输入，因此没有继续下一步。</translation>
    </message>
    <message>
        <source>New: {document}</source>
        <translation>新建{document}</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>Save what you typed in “{title}”?</source>
        <translation>是否保存“{title}”中输入的内容？</translation>
    </message>
    <message>
        <source>Show the &amp;newer one</source>
        <translation>显示最新内容(&amp;N)</translation>
    </message>
    <message>
        <source>Somebody else has changed this document since you opened it.</source>
        <translation>您打开后，该单据已被他人修改。</translation>
    </message>
    <message>
        <source>Timeline and related documents</source>
        <translation>动态与相关单据</translation>
    </message>
    <message>
        <source>Try &amp;again</source>
        <translation>重试(&amp;A)</translation>
    </message>
    <message>
        <source>What you typed is not saved.</source>
        <translation>您输入的内容尚未保存。</translation>
    </message>
    <message>
        <source>You may not open this document.</source>
        <translation>您无权打开该单据。</translation>
    </message>
    <message>
        <source>“{title}” was sent, but the answer did not come. Send it once more? It is carried out only once. If you discard it, look whether it is recorded before you enter it again.</source>
        <translation>“{title}”已发送，但未收到答复。是否再发送一次？绝不会重复执行。如果放弃，重新录入前请先查看是否已登记。</translation>
    </message>
</context>
<context>
    <name>DropHint</name>
    <message>
        <source>Drop a file of orders here</source>
        <translation>把订单文件拖到这里</translation>
    </message>
    <message>
        <source>Needed are a product and a quantity, and a customer unless you choose one for all orders.</source>
        <translation>必须有产品和数量；除非为全部订单选定一个客户，还必须有客户。</translation>
    </message>
    <message>
        <source>Rows with the same order number, customer and date become one order.</source>
        <translation>订单号、客户和日期相同的行合并为一张订单。</translation>
    </message>
    <message>
        <source>Takes xlsx, xls, ods and csv with one line of an order in each row.</source>
        <translation>支持 xlsx、xls、ods 和 csv，每行一条订单明细。</translation>
    </message>
    <message>
        <source>Up to {megabytes} MB and {rows} rows; nothing is written before you have seen what is wrong.</source>
        <translation>最大 {megabytes} MB、{rows} 行；在您看过检查结果之前不会写入任何数据。</translation>
    </message>
</context>
<context>
    <name>EndingBanner</name>
    <message>
        <source>&amp;Go on</source>
        <translation>继续使用(&amp;G)</translation>
    </message>
    <message>
        <source>Log &amp;in again</source>
        <translation>重新登录(&amp;I)</translation>
    </message>
    <message>
        <source>Nobody has used the program for a while. Your session ends in {seconds} seconds.</source>
        <translation>已有一段时间没有操作，{seconds} 秒后将自动退出登录。</translation>
    </message>
    <message>
        <source>Your session has lasted as long as it may. It ends in {seconds} seconds.</source>
        <translation>本次登录的有效期已到，{seconds} 秒后将自动退出登录。</translation>
    </message>
</context>
<context>
    <name>EnrolPage</name>
    <message>
        <source>&amp;Code that the program shows</source>
        <translation>验证器显示的验证码(&amp;C)</translation>
    </message>
    <message>
        <source>Any authenticator program for TOTP will do, for example Microsoft or Google Authenticator.</source>
        <translation>任何支持 TOTP 的验证器均可，例如 Microsoft Authenticator 或 Google Authenticator。</translation>
    </message>
    <message>
        <source>Con&amp;firm</source>
        <translation>确认(&amp;F)</translation>
    </message>
    <message>
        <source>Copy the key</source>
        <translation>复制密钥</translation>
    </message>
    <message>
        <source>Enter the code that the program shows.</source>
        <translation>请输入验证器显示的验证码。</translation>
    </message>
    <message>
        <source>If the picture can't be scanned, type this &amp;key</source>
        <translation>无法扫描时，请手动输入此密钥(&amp;K)</translation>
    </message>
    <message>
        <source>QR code with the key</source>
        <translation>包含密钥的二维码</translation>
    </message>
    <message>
        <source>Scan the picture with an authenticator program. From then on you log in with its code as well.</source>
        <translation>请用手机上的验证器扫描二维码。此后登录时还需输入它显示的验证码。</translation>
    </message>
    <message>
        <source>Set up one-time codes</source>
        <translation>设置验证码</translation>
    </message>
    <message>
        <source>Your role needs a code beside the password. Scan the picture with an authenticator program.</source>
        <translation>您的角色除密码外还需要验证码。请用手机上的验证器扫描二维码。</translation>
    </message>
</context>
<context>
    <name>Entry</name>
    <message>
        <source>A formula takes numbers, + - * / and brackets, such as =3*12.</source>
        <translation>公式只能包含数字、+ - * / 和括号，例如 =3*12。</translation>
    </message>
    <message>
        <source>Enter a date from {low} to {high}.</source>
        <translation>请输入 {low} 至 {high} 之间的日期。</translation>
    </message>
    <message>
        <source>Enter a date such as 2026-03-15, 03-15 or +7 (a week from today).</source>
        <translation>请输入日期，例如 2026-03-15、03-15 或 +7（七天后）。</translation>
    </message>
    <message>
        <source>Enter a number from {low} to {high}.</source>
        <translation>请输入 {low} 至 {high} 之间的数字。</translation>
    </message>
    <message>
        <source>Enter a number not above {high}.</source>
        <translation>请输入不大于 {high} 的数字。</translation>
    </message>
    <message>
        <source>Enter a number not below {low}.</source>
        <translation>请输入不小于 {low} 的数字。</translation>
    </message>
    <message>
        <source>Enter a number such as 12.5, 1,200 or =3*12.</source>
        <translation>请输入数字，例如 12.5、1,200 或 =3*12。</translation>
    </message>
    <message>
        <source>This formula divides by zero.</source>
        <translation>该公式除以零。</translation>
    </message>
</context>
<context>
    <name>FilterDialog</name>
    <message>
        <source>&amp;Apply</source>
        <translation>应用(&amp;A)</translation>
    </message>
    <message>
        <source>C&amp;olumn</source>
        <translation>列(&amp;O)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
</context>
<context>
    <name>FilterTexts</name>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>contains “{text}”</source>
        <translation>包含“{text}”</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空</translation>
    </message>
    <message>
        <source>from {low}</source>
        <translation>从 {low} 起</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>up to {high}</source>
        <translation>至 {high}</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} 至 {high}</translation>
    </message>
    <message>
        <source>{title}: {condition}</source>
        <translation>{title}：{condition}</translation>
    </message>
</context>
<context>
    <name>ForgottenPassword</name>
    <message>
        <source>&amp;Code of the e-mail</source>
        <translation>邮件中的代码(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>用户名(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Send the code</source>
        <translation>发送代码(&amp;S)</translation>
    </message>
    <message>
        <source>C&amp;ontinue</source>
        <translation>继续(&amp;O)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Enter the code.</source>
        <translation>请输入代码。</translation>
    </message>
    <message>
        <source>Enter the name that you log in with. You get a code by e-mail.</source>
        <translation>请输入登录时使用的用户名，代码将发送到您的邮箱。</translation>
    </message>
    <message>
        <source>Enter your name.</source>
        <translation>请输入用户名。</translation>
    </message>
    <message>
        <source>Forgot the password?</source>
        <translation>忘记密码？</translation>
    </message>
    <message>
        <source>I have a c&amp;ode already</source>
        <translation>已有代码(&amp;O)</translation>
    </message>
    <message>
        <source>If the account {name} has an e-mail address, a code is on its way. It is good for 15 minutes. Nothing there? Look into the junk folder, or ask your administrator.</source>
        <translation>如果账号 {name} 登记了邮箱，代码已在发送途中，15 分钟内有效。没有收到？请查看垃圾邮件，或联系管理员。</translation>
    </message>
    <message>
        <source>Send &amp;another code</source>
        <translation>重新发送代码(&amp;A)</translation>
    </message>
    <message>
        <source>The server is asked</source>
        <translation>正在询问服务器</translation>
    </message>
    <message>
        <source>This server sends no e-mail. Ask your administrator for a new password.</source>
        <translation>这台服务器不发送邮件。请联系管理员重置密码。</translation>
    </message>
</context>
<context>
    <name>GateRulesDialog</name>
    <message>
        <source>&amp;Longest lock, hours</source>
        <translation>最长锁定时间，小时(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Roles that need a one-time code to log in</source>
        <translation>登录时需要验证码的角色(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>A password is good for, da&amp;ys (empty: no end)</source>
        <translation>密码有效期，天（留空则不过期）(&amp;Y)</translation>
    </message>
    <message>
        <source>A session lasts, &amp;hours</source>
        <translation>会话时长，小时(&amp;H)</translation>
    </message>
    <message>
        <source>A session that is not used ends after, &amp;minutes (empty: never)</source>
        <translation>无操作多少分钟后自动退出(&amp;M)（留空：不限）</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>First loc&amp;k, minutes (each further one twice as long)</source>
        <translation>首次锁定时长，分钟（此后每次加倍）(&amp;K)</translation>
    </message>
    <message>
        <source>Job roles</source>
        <translation>岗位角色</translation>
    </message>
    <message>
        <source>Last &amp;passwords that can't be chosen again</source>
        <translation>不能重复使用的最近密码个数(&amp;P)</translation>
    </message>
    <message>
        <source>Own roles</source>
        <translation>自定义角色</translation>
    </message>
    <message>
        <source>Password &amp;with a code: least characters</source>
        <translation>使用验证码时密码最少字符数(&amp;W)</translation>
    </message>
    <message>
        <source>Password without a code: least &amp;characters</source>
        <translation>不用验证码时密码最少字符数(&amp;C)</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>权限</translation>
    </message>
    <message>
        <source>Sign-in rules</source>
        <translation>登录规则</translation>
    </message>
    <message>
        <source>The sign-in rules are saved.</source>
        <translation>登录规则已保存。</translation>
    </message>
    <message>
        <source>Wrong &amp;attempts of a name before it is locked</source>
        <translation>同一用户名输错几次后锁定(&amp;A)</translation>
    </message>
    <message>
        <source>Wrong attempts from one a&amp;ddress</source>
        <translation>同一地址允许输错的次数(&amp;D)</translation>
    </message>
</context>
<context>
    <name>GuideWindow</name>
    <message>
        <source>&amp;Back</source>
        <translation>返回(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Contents</source>
        <translation>目录(&amp;C)</translation>
    </message>
    <message>
        <source>Guide</source>
        <translation>使用指南</translation>
    </message>
    <message>
        <source>Page of the guide</source>
        <translation>指南页面</translation>
    </message>
    <message>
        <source>The guide is not installed; ask your administrator for it.</source>
        <translation>尚未安装使用指南，请联系系统管理员。</translation>
    </message>
</context>
<context>
    <name>HostSteps</name>
    <message>
        <source>Agree on encryption (TLS)</source>
        <translation>建立加密（TLS）</translation>
    </message>
    <message>
        <source>Ask for company and version</source>
        <translation>查询公司和版本</translation>
    </message>
    <message>
        <source>Look up the name</source>
        <translation>查询主机名</translation>
    </message>
    <message>
        <source>Open the database {database}</source>
        <translation>打开数据库 {database}</translation>
    </message>
    <message>
        <source>Reach port {port}</source>
        <translation>连接端口 {port}</translation>
    </message>
    <message>
        <source>certificate good until {date}</source>
        <translation>证书有效期至 {date}</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>not done</source>
        <translation>未进行</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>通过</translation>
    </message>
    <message>
        <source>round trip {ms} ms</source>
        <translation>往返 {ms} 毫秒</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>version {version}</source>
        <translation>版本 {version}</translation>
    </message>
    <message>
        <source>{ms} ms</source>
        <translation>{ms} 毫秒</translation>
    </message>
</context>
<context>
    <name>ImportFields</name>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>City</source>
        <translation>城市</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>币种</translation>
    </message>
    <message>
        <source>Customer code</source>
        <translation>客户编码</translation>
    </message>
    <message>
        <source>Customer name</source>
        <translation>客户名称</translation>
    </message>
    <message>
        <source>Discount amount</source>
        <translation>优惠金额</translation>
    </message>
    <message>
        <source>Discount rate</source>
        <translation>折扣率</translation>
    </message>
    <message>
        <source>District</source>
        <translation>区县</translation>
    </message>
    <message>
        <source>Line amount</source>
        <translation>行金额</translation>
    </message>
    <message>
        <source>Line description</source>
        <translation>行说明</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Order date</source>
        <translation>下单日期</translation>
    </message>
    <message>
        <source>Order number</source>
        <translation>订单号</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Product category</source>
        <translation>产品类别</translation>
    </message>
    <message>
        <source>Product code</source>
        <translation>产品编码</translation>
    </message>
    <message>
        <source>Product name</source>
        <translation>产品名称</translation>
    </message>
    <message>
        <source>Promised date</source>
        <translation>承诺交期</translation>
    </message>
    <message>
        <source>Province</source>
        <translation>省份</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Recipient</source>
        <translation>收货人</translation>
    </message>
    <message>
        <source>Unit price</source>
        <translation>单价</translation>
    </message>
</context>
<context>
    <name>ImportHistory</name>
    <message numerus="yes">
        <source>%n orders were taken back.</source>
        <translation>
            <numerusform>已撤销 %n 张订单。</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Undo this import</source>
        <translation>撤销这次导入(&amp;U)</translation>
    </message>
    <message>
        <source>Customers and products that it created stay.</source>
        <translation>随之建立的客户和产品会保留。</translation>
    </message>
    <message>
        <source>Imported files</source>
        <translation>已导入的文件</translation>
    </message>
    <message>
        <source>No file was imported yet. The first tab takes one.</source>
        <translation>还没有导入过文件，请在第一个标签页导入。</translation>
    </message>
    <message>
        <source>Show &amp;orders</source>
        <translation>查看订单(&amp;O)</translation>
    </message>
    <message numerus="yes">
        <source>Take back “{file}”? Its %n orders are deleted.</source>
        <translation>
            <numerusform>要撤销“{file}”吗？其中的 %n 张订单将被删除。</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo an import</source>
        <translation>撤销导入</translation>
    </message>
    <message>
        <source>Undo the import</source>
        <translation>撤销导入</translation>
    </message>
    <message>
        <source>Undoing the import</source>
        <translation>正在撤销导入</translation>
    </message>
</context>
<context>
    <name>ImportOptions</name>
    <message>
        <source>&amp;Branch</source>
        <translation>分公司(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Days until delivery</source>
        <translation>交货天数(&amp;D)</translation>
    </message>
    <message>
        <source>C&amp;ustomer of orders without one</source>
        <translation>未注明客户的订单归入(&amp;U)</translation>
    </message>
    <message>
        <source>Code, name or pinyin</source>
        <translation>编码、名称或拼音</translation>
    </message>
    <message>
        <source>Enter unknown &amp;customers</source>
        <translation>自动建立客户(&amp;C)</translation>
    </message>
    <message>
        <source>Enter unknown &amp;products</source>
        <translation>自动建立产品(&amp;P)</translation>
    </message>
    <message>
        <source>For orders whose promised date the file leaves open</source>
        <translation>用于文件中未写交期的订单</translation>
    </message>
</context>
<context>
    <name>ImportPage</name>
    <message>
        <source>Earlier imports</source>
        <translation>历史导入</translation>
    </message>
    <message>
        <source>Import orders</source>
        <translation>导入订单</translation>
    </message>
    <message>
        <source>New import</source>
        <translation>新导入</translation>
    </message>
    <message>
        <source>New or earlier imports</source>
        <translation>新导入或历史导入</translation>
    </message>
</context>
<context>
    <name>ImportPanel</name>
    <message numerus="yes">
        <source>%n orders were imported as drafts.</source>
        <translation>
            <numerusform>已导入 %n 张草稿订单。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rows</source>
        <translation>
            <numerusform>%n 行</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Export the complaints</source>
        <translation>导出检查结果(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Import %n orders</source>
        <translation>
            <numerusform>导入 %n 张订单(&amp;I)</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Read the file</source>
        <translation>读取文件(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Sheet</source>
        <translation>工作表(&amp;S)</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>C&amp;hoose…</source>
        <translation>选择(&amp;H)…</translation>
    </message>
    <message>
        <source>Check the &amp;orders</source>
        <translation>检查订单(&amp;O)</translation>
    </message>
    <message>
        <source>Checking the orders</source>
        <translation>正在检查订单</translation>
    </message>
    <message>
        <source>Choose a file of orders</source>
        <translation>选择订单文件</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Choose another place: {file} can't be written ({reason}).</source>
        <translation>请换个位置：无法写入 {file}（{reason}）。</translation>
    </message>
    <message>
        <source>Choose the column of the customer, or one customer for all orders.</source>
        <translation>请选择客户所在的列，或为全部订单选定一个客户。</translation>
    </message>
    <message>
        <source>Choose the columns of: {fields}</source>
        <translation>请选择这些栏目所在的列：{fields}</translation>
    </message>
    <message>
        <source>Export the complaints</source>
        <translation>导出检查结果</translation>
    </message>
    <message>
        <source>Importing the orders</source>
        <translation>正在导入订单</translation>
    </message>
    <message>
        <source>Path of a workbook or CSV file; or drop it on this page</source>
        <translation>工作簿或 CSV 文件的路径，也可拖放到本页</translation>
    </message>
    <message>
        <source>Read the correc&amp;ted file</source>
        <translation>读取更正后的文件(&amp;T)</translation>
    </message>
    <message>
        <source>Read the file &amp;again</source>
        <translation>重新读取(&amp;A)</translation>
    </message>
    <message>
        <source>Reading {file}</source>
        <translation>正在读取 {file}</translation>
    </message>
    <message>
        <source>What the columns mean</source>
        <translation>各列的含义</translation>
    </message>
    <message>
        <source>Workbook (*.xlsx);;CSV file (*.csv)</source>
        <translation>工作簿 (*.xlsx);;CSV 文件 (*.csv)</translation>
    </message>
    <message>
        <source>Workbooks and CSV files ({endings})</source>
        <translation>工作簿和 CSV 文件 ({endings})</translation>
    </message>
    <message>
        <source>Written to {file}.</source>
        <translation>已写入 {file}。</translation>
    </message>
    <message>
        <source>{file} – complaints</source>
        <translation>{file}－检查结果</translation>
    </message>
    <message>
        <source>{rows}, {encoding}</source>
        <translation>{rows}，{encoding}</translation>
    </message>
</context>
<context>
    <name>ImportReport</name>
    <message numerus="yes">
        <source>%n errors</source>
        <translation>
            <numerusform>%n 个错误</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lines</source>
        <translation>
            <numerusform>%n 行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n orders</source>
        <translation>
            <numerusform>%n 张订单</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n warnings</source>
        <translation>
            <numerusform>%n 个警告</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>Complaints about the file</source>
        <translation>文件的问题清单</translation>
    </message>
    <message>
        <source>Nothing is wrong</source>
        <translation>没有问题</translation>
    </message>
    <message>
        <source>Unknown customers ({count}): {names}</source>
        <translation>未知客户（{count}）：{names}</translation>
    </message>
    <message>
        <source>Unknown products ({count}): {names}</source>
        <translation>未知产品（{count}）：{names}</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>检查结果</translation>
    </message>
    <message>
        <source>{orders}, {lines}: {net} net, {tax} tax</source>
        <translation>{orders}，{lines}：不含税 {net}，税额 {tax}</translation>
    </message>
    <message>
        <source>…</source>
        <translation>…</translation>
    </message>
</context>
<context>
    <name>InvoicePage</name>
    <message numerus="yes">
        <source>%n days overdue</source>
        <translation>
            <numerusform>逾期 %n 天</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Issue</source>
        <translation>开具(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Record payment</source>
        <translation>登记收款(&amp;R)</translation>
    </message>
    <message>
        <source>Branch</source>
        <translation>分公司</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Discard draft…</source>
        <translation>删除草稿…</translation>
    </message>
    <message>
        <source>Discard this draft? What it bills can be invoiced again.</source>
        <translation>确定删除此草稿吗？其中的货物可以重新开票。</translation>
    </message>
    <message>
        <source>Due on</source>
        <translation>到期日</translation>
    </message>
    <message>
        <source>Invoice {number} is issued.</source>
        <translation>发票 {number} 已开具。</translation>
    </message>
    <message>
        <source>Issued on</source>
        <translation>开票日期</translation>
    </message>
    <message>
        <source>Journal entries</source>
        <translation>会计凭证</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>明细</translation>
    </message>
    <message>
        <source>Made by</source>
        <translation>制单人</translation>
    </message>
    <message>
        <source>Net</source>
        <translation>不含税</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>已收</translation>
    </message>
    <message>
        <source>Payments</source>
        <translation>收款</translation>
    </message>
    <message>
        <source>Tax</source>
        <translation>税额</translation>
    </message>
    <message>
        <source>The draft is discarded.</source>
        <translation>草稿已删除。</translation>
    </message>
    <message>
        <source>Total with tax</source>
        <translation>价税合计</translation>
    </message>
    <message>
        <source>Unpaid</source>
        <translation>未收</translation>
    </message>
</context>
<context>
    <name>InvoicesPage</name>
    <message numerus="yes">
        <source>%n invoices issued</source>
        <translation>
            <numerusform>已开具 %n 张发票</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Issue</source>
        <translation>开具(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Print…</source>
        <translation>打印(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;Statement…</source>
        <translation>对账单(&amp;S)…</translation>
    </message>
    <message>
        <source>Draft invoice</source>
        <translation>发票草稿</translation>
    </message>
    <message>
        <source>Issuing invoices</source>
        <translation>正在开具发票</translation>
    </message>
    <message>
        <source>Number, order, customer or pinyin</source>
        <translation>单号、订单、客户或拼音</translation>
    </message>
    <message>
        <source>Select drafts: only those can be issued.</source>
        <translation>请选择草稿：只有草稿可以开具。</translation>
    </message>
    <message>
        <source>There is no invoice yet. Draft one under To invoice.</source>
        <translation>还没有发票。请在“待开票”中生成。</translation>
    </message>
</context>
<context>
    <name>Jobs</name>
    <message>
        <source>Administrator</source>
        <translation>系统管理员</translation>
    </message>
    <message>
        <source>After-sales</source>
        <translation>售后客服</translation>
    </message>
    <message>
        <source>Buyer</source>
        <translation>采购员</translation>
    </message>
    <message>
        <source>Executive</source>
        <translation>总经理</translation>
    </message>
    <message>
        <source>Finance</source>
        <translation>财务</translation>
    </message>
    <message>
        <source>Planner</source>
        <translation>计划员</translation>
    </message>
    <message>
        <source>Sales clerk</source>
        <translation>销售员</translation>
    </message>
    <message>
        <source>Sales manager</source>
        <translation>销售经理</translation>
    </message>
    <message>
        <source>Shop-floor worker</source>
        <translation>车间工人</translation>
    </message>
    <message>
        <source>Warehouse keeper</source>
        <translation>仓管员</translation>
    </message>
</context>
<context>
    <name>JournalPage</name>
    <message>
        <source>&amp;Open document</source>
        <translation>打开单据(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Whole entry</source>
        <translation>整张凭证(&amp;W)</translation>
    </message>
    <message>
        <source>Entry, document or account</source>
        <translation>凭证、单据或科目</translation>
    </message>
    <message>
        <source>Nothing is posted yet. Shipments, receipts, invoices and payments post by themselves.</source>
        <translation>尚无凭证。发货、收货、开票和收款会自动记账。</translation>
    </message>
    <message>
        <source>This entry belongs to no document that you may open.</source>
        <translation>该凭证没有您可以打开的单据。</translation>
    </message>
</context>
<context>
    <name>LineGrid</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy down</source>
        <translation>向下填充</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>剪切</translation>
    </message>
    <message>
        <source>Insert line</source>
        <translation>插入行</translation>
    </message>
    <message>
        <source>Only the first {count} rows were pasted.</source>
        <translation>只粘贴了前 {count} 行。</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Remove lines</source>
        <translation>删除行</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>{lines} lines pasted, {cells} cells need your attention.</source>
        <translation>已粘贴 {lines} 行，其中 {cells} 个单元格需要处理。</translation>
    </message>
</context>
<context>
    <name>LineGridModel</name>
    <message>
        <source>Enter at most {count} characters.</source>
        <translation>最多输入 {count} 个字符。</translation>
    </message>
    <message>
        <source>Fill in this cell.</source>
        <translation>请填写此单元格。</translation>
    </message>
    <message>
        <source>Nothing, or more than one, fits “{text}”.</source>
        <translation>没有或不止一条记录与“{text}”匹配。</translation>
    </message>
    <message>
        <source>This could not be looked up. Enter it again.</source>
        <translation>无法查询，请重新输入。</translation>
    </message>
    <message>
        <source>This is still being looked up.</source>
        <translation>正在查询。</translation>
    </message>
</context>
<context>
    <name>ListModel</name>
    <message>
        <source>This row was removed, or you may no longer see it.</source>
        <translation>该行已删除，或您已无权查看。</translation>
    </message>
</context>
<context>
    <name>ListNotice</name>
    <message>
        <source>Nothing fits what you are looking for.</source>
        <translation>没有符合条件的记录。</translation>
    </message>
    <message>
        <source>Show &amp;all</source>
        <translation>显示全部(&amp;A)</translation>
    </message>
    <message>
        <source>Try &amp;again</source>
        <translation>重试(&amp;A)</translation>
    </message>
</context>
<context>
    <name>ListPage</name>
    <message numerus="yes">
        <source>%n rows copied</source>
        <translation>
            <numerusform>已复制 %n 行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>已选 %n 行</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>导出(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Filter…</source>
        <translation>筛选(&amp;F)…</translation>
    </message>
    <message>
        <source>Choose another place or close the file: {file} can't be written ({reason}).</source>
        <translation>请更换位置或先关闭文件：{file} 无法写入（{reason}）。</translation>
    </message>
    <message>
        <source>Choose columns…</source>
        <translation>选择列…</translation>
    </message>
    <message>
        <source>Export the list</source>
        <translation>导出列表</translation>
    </message>
    <message>
        <source>Export the list instead: {count} rows are too many to copy.</source>
        <translation>请改用导出：{count} 行过多，无法复制。</translation>
    </message>
    <message>
        <source>Exporting the list</source>
        <translation>正在导出列表</translation>
    </message>
    <message>
        <source>Keep as view…</source>
        <translation>保存为视图…</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Remove this filter</source>
        <translation>移除此筛选</translation>
    </message>
    <message>
        <source>Remove this view</source>
        <translation>删除此视图</translation>
    </message>
    <message>
        <source>Saved views</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>There is nothing here yet.</source>
        <translation>这里还没有内容。</translation>
    </message>
    <message>
        <source>Workbook (*.xlsx);;CSV file (*.csv)</source>
        <translation>工作簿 (*.xlsx);;CSV 文件 (*.csv)</translation>
    </message>
    <message>
        <source>{count} row</source>
        <translation>共 {count} 行</translation>
    </message>
    <message>
        <source>{count} rows</source>
        <translation>共 {count} 行</translation>
    </message>
    <message>
        <source>{count} rows are in {file}.</source>
        <translation>已导出 {count} 行到 {file}。</translation>
    </message>
    <message>
        <source>{count}+ rows; refine the search to see all</source>
        <translation>{count} 行以上；请细化搜索以查看全部</translation>
    </message>
</context>
<context>
    <name>LoginForm</name>
    <message>
        <source>&amp;Check the connection…</source>
        <translation>检查连接(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Forgot the password?</source>
        <translation>忘记密码(&amp;F)？</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>用户名(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Remember me on this computer</source>
        <translation>在这台电脑上记住我(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Server</source>
        <translation>服务器(&amp;S)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Caps Lock is on.</source>
        <translation>大写锁定已打开。</translation>
    </message>
    <message>
        <source>Choose “Servers…” and enter your server, or take over the file servers.toml there.</source>
        <translation>请打开“服务器设置”填写您的服务器，或在其中导入文件 servers.toml。</translation>
    </message>
    <message>
        <source>Enter your name.</source>
        <translation>请输入用户名。</translation>
    </message>
    <message>
        <source>Enter your password.</source>
        <translation>请输入密码。</translation>
    </message>
    <message>
        <source>Log &amp;in</source>
        <translation>登录(&amp;I)</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Logging in</source>
        <translation>正在登录</translation>
    </message>
    <message>
        <source>Logging in…</source>
        <translation>正在登录…</translation>
    </message>
    <message>
        <source>Pass&amp;word</source>
        <translation>密码(&amp;W)</translation>
    </message>
    <message>
        <source>S&amp;ervers…</source>
        <translation>服务器设置(&amp;E)…</translation>
    </message>
    <message>
        <source>Use the name and the password that your administrator gave you.</source>
        <translation>请使用系统管理员提供的用户名和密码。</translation>
    </message>
</context>
<context>
    <name>LoginWindow</name>
    <message>
        <source>&amp;People of the demo</source>
        <translation>演示公司人员(&amp;P)</translation>
    </message>
    <message>
        <source>Dark colours</source>
        <translation>深色界面</translation>
    </message>
    <message>
        <source>Light colours</source>
        <translation>浅色界面</translation>
    </message>
    <message>
        <source>Log in with &amp;name and password</source>
        <translation>用用户名和密码登录(&amp;N)</translation>
    </message>
    <message>
        <source>Recovery codes left: {count}. Make new ones in “My account”.</source>
        <translation>恢复码仅剩 {count} 个，请在“我的账户”中重新生成。</translation>
    </message>
    <message>
        <source>Tenon: log in</source>
        <translation>榫卯：登录</translation>
    </message>
    <message>
        <source>Your password ends on {date}. Change it before then.</source>
        <translation>您的密码将于 {date} 到期，请提前修改。</translation>
    </message>
</context>
<context>
    <name>LookupEdit</name>
    <message>
        <source>Nothing fits “{text}”.</source>
        <translation>没有与“{text}”匹配的记录。</translation>
    </message>
</context>
<context>
    <name>LookupField</name>
    <message>
        <source>Show choices (Down)</source>
        <translation>显示选项（向下键）</translation>
    </message>
</context>
<context>
    <name>MappingTable</name>
    <message>
        <source>(not used)</source>
        <translation>（不使用）</translation>
    </message>
    <message>
        <source>Columns and first rows of the file</source>
        <translation>文件的列和前几行</translation>
    </message>
    <message>
        <source>Field of column {heading}</source>
        <translation>“{heading}”列对应的栏目</translation>
    </message>
</context>
<context>
    <name>MovesPage</name>
    <message>
        <source>Nothing has moved yet: receipts, production, shipments and counts are written down here.</source>
        <translation>还没有出入库记录：收货、生产、发货和盘点都会记在这里。</translation>
    </message>
    <message>
        <source>Product, customer or document number</source>
        <translation>产品、客户或单据号</translation>
    </message>
</context>
<context>
    <name>Navigation</name>
    <message>
        <source>Fold or unfold the navigation</source>
        <translation>折叠或展开导航栏</translation>
    </message>
    <message>
        <source>Screens</source>
        <translation>功能</translation>
    </message>
    <message>
        <source>Tenon</source>
        <translation>榫卯</translation>
    </message>
    <message>
        <source>{screen}, {count} waiting</source>
        <translation>{screen}，{count} 项待处理</translation>
    </message>
</context>
<context>
    <name>NewPassword</name>
    <message>
        <source>&amp;New password</source>
        <translation>新密码(&amp;N)</translation>
    </message>
    <message>
        <source>At least {count} characters; several words are easy to remember</source>
        <translation>至少 {count} 个字符；用几个词组成更容易记住</translation>
    </message>
    <message>
        <source>Choose a password that keeps all the rules.</source>
        <translation>请设置符合所有规则的密码。</translation>
    </message>
    <message>
        <source>Enter the new password once more: the two are not the same.</source>
        <translation>请再次输入新密码：两次输入不一致。</translation>
    </message>
    <message>
        <source>Enter the new password.</source>
        <translation>请输入新密码。</translation>
    </message>
    <message>
        <source>New password &amp;again</source>
        <translation>再次输入新密码(&amp;A)</translation>
    </message>
    <message>
        <source>No pattern over and over, and not your user name</source>
        <translation>不重复或连续，也不包含用户名</translation>
    </message>
    <message>
        <source>None of those that are guessed first</source>
        <translation>不是容易被猜中的常用密码</translation>
    </message>
    <message>
        <source>Not the one you have now</source>
        <translation>与现在的密码不同</translation>
    </message>
    <message>
        <source>{rule}: kept</source>
        <translation>{rule}：已满足</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>OpeningWindow</name>
    <message>
        <source>A furniture maker with a year of orders is being set up: a quarter of a minute, only once.</source>
        <translation>正在建立一家有一年订单数据的家具企业，约需十五秒，仅此一次。</translation>
    </message>
    <message>
        <source>C&amp;lose</source>
        <translation>关闭(&amp;L)</translation>
    </message>
    <message>
        <source>Making the demo company</source>
        <translation>正在生成演示公司</translation>
    </message>
    <message>
        <source>Tenon: demo</source>
        <translation>榫卯：演示</translation>
    </message>
    <message>
        <source>The demo can't start</source>
        <translation>演示无法启动</translation>
    </message>
</context>
<context>
    <name>OperationList</name>
    <message>
        <source>{count} to do</source>
        <translation>待做 {count}</translation>
    </message>
</context>
<context>
    <name>OperationsPage</name>
    <message>
        <source>All work centres</source>
        <translation>全部工作中心</translation>
    </message>
    <message>
        <source>Ask your administrator for a work centre: none is assigned to you.</source>
        <translation>请联系管理员为您分配工作中心：目前还没有分配。</translation>
    </message>
    <message>
        <source>Find a work order</source>
        <translation>查找工单</translation>
    </message>
    <message>
        <source>Nothing to do here. Released work orders come by themselves.</source>
        <translation>这里暂无待做工序。工单下达后会自动出现。</translation>
    </message>
    <message>
        <source>Operations</source>
        <translation>工序</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Reported today</source>
        <translation>今日报工</translation>
    </message>
    <message>
        <source>Scan or type a work order</source>
        <translation>扫描或输入工单号</translation>
    </message>
    <message>
        <source>Scan or type a work order  (Ctrl+F)</source>
        <translation>扫描或输入工单号  (Ctrl+F)</translation>
    </message>
    <message>
        <source>Work centre</source>
        <translation>工作中心</translation>
    </message>
    <message>
        <source>{good} good, {scrap} scrap</source>
        <translation>合格 {good}，报废 {scrap}</translation>
    </message>
</context>
<context>
    <name>OrderPage</name>
    <message numerus="yes">
        <source>%n lines</source>
        <translation>
            <numerusform>%n 行</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Approve</source>
        <translation>批准(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Cancel the order</source>
        <translation>取消订单(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Customer</source>
        <translation>客户(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Order date</source>
        <translation>下单日期(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Return</source>
        <translation>退回(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Return…</source>
        <translation>退回(&amp;R)…</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Warehouse</source>
        <translation>发货仓库(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Why is it cancelled?</source>
        <translation>取消原因(&amp;W)</translation>
    </message>
    <message>
        <source>Approving the order</source>
        <translation>正在审批订单</translation>
    </message>
    <message>
        <source>Cancel order…</source>
        <translation>取消订单…</translation>
    </message>
    <message>
        <source>Cancel the order</source>
        <translation>取消订单</translation>
    </message>
    <message>
        <source>Cancelling the order</source>
        <translation>正在取消订单</translation>
    </message>
    <message>
        <source>Channe&amp;l</source>
        <translation>渠道(&amp;L)</translation>
    </message>
    <message>
        <source>Co&amp;ntact</source>
        <translation>联系人(&amp;N)</translation>
    </message>
    <message>
        <source>Customer re&amp;ference</source>
        <translation>客户单号(&amp;F)</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>明细</translation>
    </message>
    <message>
        <source>Net</source>
        <translation>不含税</translation>
    </message>
    <message>
        <source>Not&amp;e</source>
        <translation>备注(&amp;E)</translation>
    </message>
    <message>
        <source>On hold: {reason}</source>
        <translation>挂起：{reason}</translation>
    </message>
    <message>
        <source>Order {number} is confirmed.</source>
        <translation>订单 {number} 已确认。</translation>
    </message>
    <message>
        <source>Order {number} is saved at {total}, not {shown}: the list has other prices by now.</source>
        <translation>订单 {number} 已按 {total} 保存，而非 {shown}：价目表现已更新。</translation>
    </message>
    <message>
        <source>Order {number} is saved.</source>
        <translation>订单 {number} 已保存。</translation>
    </message>
    <message>
        <source>Order {number} is submitted and on hold.</source>
        <translation>订单 {number} 已提交，目前处于挂起状态。</translation>
    </message>
    <message>
        <source>Order {number} is submitted and waits for approval.</source>
        <translation>订单 {number} 已提交，等待审批。</translation>
    </message>
    <message>
        <source>Order {number}: {state}</source>
        <translation>订单 {number}：{state}</translation>
    </message>
    <message>
        <source>P&amp;hone</source>
        <translation>电话(&amp;H)</translation>
    </message>
    <message>
        <source>Prom&amp;ised on</source>
        <translation>承诺交期(&amp;I)</translation>
    </message>
    <message>
        <source>Release hol&amp;d</source>
        <translation>解除挂起(&amp;D)</translation>
    </message>
    <message>
        <source>Releasing the order</source>
        <translation>正在解除挂起</translation>
    </message>
    <message>
        <source>Return for correction</source>
        <translation>退回修改</translation>
    </message>
    <message>
        <source>Returned: {reason}</source>
        <translation>已退回：{reason}</translation>
    </message>
    <message>
        <source>Returning the order</source>
        <translation>正在退回订单</translation>
    </message>
    <message>
        <source>Saving the order</source>
        <translation>正在保存订单</translation>
    </message>
    <message>
        <source>Ship &amp;to</source>
        <translation>送货地址(&amp;T)</translation>
    </message>
    <message>
        <source>Sub&amp;mit</source>
        <translation>提交(&amp;M)</translation>
    </message>
    <message>
        <source>Submitting the order</source>
        <translation>正在提交订单</translation>
    </message>
    <message>
        <source>Tax</source>
        <translation>税额</translation>
    </message>
    <message>
        <source>Total with tax</source>
        <translation>价税合计</translation>
    </message>
    <message>
        <source>What is to be &amp;corrected?</source>
        <translation>需要更正什么(&amp;C)？</translation>
    </message>
    <message>
        <source>Who must approve this?</source>
        <translation>由谁审批？</translation>
    </message>
</context>
<context>
    <name>OrderReadiness</name>
    <message>
        <source>Lines of the order</source>
        <translation>订单行</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>产品</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>已备齐</translation>
    </message>
    <message>
        <source>Select an order to see what of it can be picked and what is still waited for.</source>
        <translation>选中一张订单，即可查看哪些可以拣货、哪些仍在待料。</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>{name}: {qty} {unit}, {shipped} shipped, {picking} being picked, {ready} ready, {waiting} waited for</source>
        <translation>{name}：共 {qty} {unit}，已发 {shipped}，拣货中 {picking}，已备齐 {ready}，待料 {waiting}</translation>
    </message>
</context>
<context>
    <name>OrdersOfCustomer</name>
    <message>
        <source>No orders yet.</source>
        <translation>还没有订单。</translation>
    </message>
    <message>
        <source>Orders of this customer</source>
        <translation>该客户的订单</translation>
    </message>
</context>
<context>
    <name>OrdersPage</name>
    <message numerus="yes">
        <source>%n orders submitted</source>
        <translation>
            <numerusform>已提交 %n 张订单</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>导入(&amp;I)…</translation>
    </message>
    <message>
        <source>&amp;New order</source>
        <translation>新建订单(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Submit</source>
        <translation>提交(&amp;S)</translation>
    </message>
    <message>
        <source>No orders yet. Ctrl+N enters one; “Import” takes a whole file.</source>
        <translation>还没有订单。按 Ctrl+N 新建，或用“导入”录入整个文件。</translation>
    </message>
    <message>
        <source>Number, customer or reference</source>
        <translation>单号、客户或客户单号</translation>
    </message>
    <message>
        <source>Select drafts or returned orders: only those can be submitted.</source>
        <translation>请选择草稿或已退回的订单，只有这些可以提交。</translation>
    </message>
    <message>
        <source>Submitting orders</source>
        <translation>正在提交订单</translation>
    </message>
</context>
<context>
    <name>OutcomeTeller</name>
    <message>
        <source>Done: {done}. Refused: {refused}.</source>
        <translation>成功 {done} 张，被拒 {refused} 张。</translation>
    </message>
    <message>
        <source>{number}: {reason}</source>
        <translation>{number}：{reason}</translation>
    </message>
    <message>
        <source>… and {count} more</source>
        <translation>…另有 {count} 项</translation>
    </message>
</context>
<context>
    <name>PageStack</name>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
    <message>
        <source>Close the o&amp;thers</source>
        <translation>关闭其他(&amp;T)</translation>
    </message>
    <message>
        <source>Close {title}</source>
        <translation>关闭“{title}”</translation>
    </message>
    <message>
        <source>Open in a window of its &amp;own</source>
        <translation>在独立窗口中打开(&amp;O)</translation>
    </message>
    <message>
        <source>Open pages</source>
        <translation>打开的页面</translation>
    </message>
    <message>
        <source>{title}, not saved</source>
        <translation>{title}，未保存</translation>
    </message>
</context>
<context>
    <name>PasswordDialog</name>
    <message>
        <source>&amp;Code of the phone, or a recovery code</source>
        <translation>手机验证码或恢复码(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Old password</source>
        <translation>原密码(&amp;O)</translation>
    </message>
    <message>
        <source>C&amp;hange</source>
        <translation>修改(&amp;H)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Caps Lock is on.</source>
        <translation>大写锁定已打开。</translation>
    </message>
    <message>
        <source>Change password</source>
        <translation>修改密码</translation>
    </message>
    <message>
        <source>Changing the password</source>
        <translation>正在修改密码</translation>
    </message>
    <message>
        <source>Enter the code.</source>
        <translation>请输入验证码。</translation>
    </message>
    <message>
        <source>Enter the password you have now.</source>
        <translation>请输入现在使用的密码。</translation>
    </message>
    <message>
        <source>Your password is changed.</source>
        <translation>密码已修改。</translation>
    </message>
</context>
<context>
    <name>PasswordEdit</name>
    <message>
        <source>Show the password</source>
        <translation>显示密码</translation>
    </message>
</context>
<context>
    <name>PasswordShown</name>
    <message>
        <source>&amp;Copy password</source>
        <translation>复制密码(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>密码(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;User name</source>
        <translation>用户名(&amp;U)</translation>
    </message>
    <message>
        <source>C&amp;lose</source>
        <translation>关闭(&amp;L)</translation>
    </message>
    <message>
        <source>Hand these over in person. The password is shown only now; it has to be changed at the first login.</source>
        <translation>请当面交付。密码仅在此显示一次，首次登录时必须修改。</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>新密码</translation>
    </message>
</context>
<context>
    <name>PaymentPage</name>
    <message>
        <source>&amp;Amount</source>
        <translation>金额(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Bank reference</source>
        <translation>银行流水号(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Customer</source>
        <translation>客户(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Method</source>
        <translation>收款方式(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Note</source>
        <translation>备注(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Record</source>
        <translation>登记(&amp;R)</translation>
    </message>
    <message>
        <source>Alloca&amp;te</source>
        <translation>核销(&amp;T)</translation>
    </message>
    <message>
        <source>Allocate at most what each invoice has open.</source>
        <translation>每张发票的核销金额不能超过其未收金额。</translation>
    </message>
    <message>
        <source>Allocate less, or enter a larger amount: more is allocated than was received.</source>
        <translation>请减少核销或增大收款金额：核销金额超过收款金额。</translation>
    </message>
    <message>
        <source>Allocated</source>
        <translation>已核销</translation>
    </message>
    <message>
        <source>Allocated; {left} is left.</source>
        <translation>已核销，剩余 {left}。</translation>
    </message>
    <message>
        <source>Enter beside an invoice how much of it the payment settles.</source>
        <translation>请在发票旁填写本次收款核销的金额。</translation>
    </message>
    <message>
        <source>Journal entries</source>
        <translation>会计凭证</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>剩余</translation>
    </message>
    <message>
        <source>Open invoices</source>
        <translation>未清发票</translation>
    </message>
    <message>
        <source>Payment {number} is recorded.</source>
        <translation>收款 {number} 已登记。</translation>
    </message>
    <message>
        <source>Propose anew</source>
        <translation>重新分配</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>收款金额</translation>
    </message>
    <message>
        <source>Received &amp;on</source>
        <translation>收款日期(&amp;O)</translation>
    </message>
    <message>
        <source>Settled invoices</source>
        <translation>已核销发票</translation>
    </message>
    <message>
        <source>{excess} more than there is</source>
        <translation>超出 {excess}</translation>
    </message>
</context>
<context>
    <name>PaymentsPage</name>
    <message>
        <source>&amp;New payment</source>
        <translation>新建收款(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Statement…</source>
        <translation>对账单(&amp;S)…</translation>
    </message>
    <message>
        <source>No payment yet. Ctrl+N records one.</source>
        <translation>还没有收款。按 Ctrl+N 登记。</translation>
    </message>
    <message>
        <source>Number, bank reference, customer or pinyin</source>
        <translation>单号、银行流水号、客户或拼音</translation>
    </message>
</context>
<context>
    <name>PeoplePage</name>
    <message>
        <source>&amp;Activate</source>
        <translation>启用(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Deactivate…</source>
        <translation>停用(&amp;D)…</translation>
    </message>
    <message>
        <source>&amp;New person</source>
        <translation>新建人员(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Sessions…</source>
        <translation>登录会话(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Unlock</source>
        <translation>解锁(&amp;U)</translation>
    </message>
    <message>
        <source>Deactivate {login}? Open connections end at once, and nobody can log in with this account.</source>
        <translation>确定停用 {login} 吗？其连接将立即断开，该账号不能再登录。</translation>
    </message>
    <message>
        <source>Effective ri&amp;ghts…</source>
        <translation>实际权限(&amp;G)…</translation>
    </message>
    <message>
        <source>Give {login} a new password? The old one is void at once, and all sessions end.</source>
        <translation>确定为 {login} 重置密码吗？旧密码立即失效，所有会话将结束。</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Reset &amp;codes…</source>
        <translation>重置验证码(&amp;C)…</translation>
    </message>
    <message>
        <source>Reset &amp;password…</source>
        <translation>重置密码(&amp;P)…</translation>
    </message>
    <message>
        <source>Reset the one-time codes of {login}? Make sure that it is really her who asks. She logs in with the password only, or sets up a new phone if a role of hers needs codes.</source>
        <translation>要重置 {login} 的验证码吗？请先确认确实是本人提出。重置后只凭密码登录；如其角色要求验证码，则在下次登录时设置新手机。</translation>
    </message>
    <message>
        <source>Resetting the password</source>
        <translation>正在重置密码</translation>
    </message>
    <message>
        <source>Sign-&amp;in rules…</source>
        <translation>登录规则(&amp;I)…</translation>
    </message>
    <message>
        <source>The one-time codes of {login} are reset.</source>
        <translation>{login} 的验证码已重置。</translation>
    </message>
    <message>
        <source>User name, name or role</source>
        <translation>用户名、姓名或角色</translation>
    </message>
    <message>
        <source>{login} is active.</source>
        <translation>{login} 已启用。</translation>
    </message>
    <message>
        <source>{login} is inactive.</source>
        <translation>{login} 已停用。</translation>
    </message>
    <message>
        <source>{login} may log in again.</source>
        <translation>{login} 可以重新登录。</translation>
    </message>
</context>
<context>
    <name>PersonDialog</name>
    <message>
        <source>&amp;Create</source>
        <translation>创建(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;English name</source>
        <translation>英文名(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>姓名(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Phone</source>
        <translation>电话(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;User name</source>
        <translation>用户名(&amp;U)</translation>
    </message>
    <message>
        <source>Branches</source>
        <translation>分公司</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>E-&amp;mail</source>
        <translation>电子邮箱(&amp;M)</translation>
    </message>
    <message>
        <source>Effective rights</source>
        <translation>实际权限</translation>
    </message>
    <message>
        <source>New person</source>
        <translation>新建人员</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Tick or clear roles to see which rights that gives and takes.</source>
        <translation>勾选或取消角色，即可查看将获得和失去的权限。</translation>
    </message>
    <message>
        <source>Warehouses</source>
        <translation>仓库</translation>
    </message>
    <message>
        <source>Work centres</source>
        <translation>工作中心</translation>
    </message>
    <message>
        <source>{login} is saved.</source>
        <translation>{login} 已保存。</translation>
    </message>
</context>
<context>
    <name>PersonaCard</name>
    <message>
        <source>Log in as {name}</source>
        <translation>以{name}的身份登录</translation>
    </message>
    <message>
        <source>No job role</source>
        <translation>无岗位</translation>
    </message>
    <message>
        <source>{name}, {job}: log in</source>
        <translation>{name}，{job}：登录</translation>
    </message>
</context>
<context>
    <name>PersonaCards</name>
    <message>
        <source>The people of the demo company. Each sees the screens and the figures of that job, and no others.</source>
        <translation>以下是演示公司的人员。每个人只能看到自己岗位的功能和数据。</translation>
    </message>
    <message>
        <source>Who are you today?</source>
        <translation>今天您是哪一位？</translation>
    </message>
</context>
<context>
    <name>PrintJob</name>
    <message>
        <source>Check the printer and print again: it did not take the document.</source>
        <translation>请检查打印机后重新打印：打印机未接收该单据。</translation>
    </message>
</context>
<context>
    <name>PrintPreview</name>
    <message numerus="yes">
        <source>%n characters cannot be printed and appear as {mark}: {characters}</source>
        <translation>
            <numerusform>有 %n 个字符无法打印，将显示为 {mark}：{characters}</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Fit width</source>
        <translation>适合宽度(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Open file location</source>
        <translation>打开所在文件夹(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Print</source>
        <translation>打印(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Save as PDF</source>
        <translation>另存为 PDF(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>重试(&amp;T)</translation>
    </message>
    <message>
        <source>Choose another folder or name: the file could not be written ({reason}).</source>
        <translation>请更换文件夹或文件名：文件无法写入（{reason}）。</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>下一页</translation>
    </message>
    <message>
        <source>PDF documents (*.pdf)</source>
        <translation>PDF 文档 (*.pdf)</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>页</translation>
    </message>
    <message>
        <source>Pages of the document</source>
        <translation>单据页面</translation>
    </message>
    <message>
        <source>Previous page</source>
        <translation>上一页</translation>
    </message>
    <message>
        <source>Print preview: {name}</source>
        <translation>打印预览：{name}</translation>
    </message>
    <message>
        <source>Printing: {done} of {total}</source>
        <translation>正在打印：{done} / {total}</translation>
    </message>
    <message>
        <source>Save as PDF</source>
        <translation>另存为 PDF</translation>
    </message>
    <message>
        <source>Saved as {path}</source>
        <translation>已保存到 {path}</translation>
    </message>
    <message>
        <source>Sent to the printer.</source>
        <translation>已发送到打印机。</translation>
    </message>
    <message>
        <source>The document could not be drawn.</source>
        <translation>单据无法生成。</translation>
    </message>
    <message>
        <source>The document is being drawn…</source>
        <translation>正在生成单据…</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Zoom: {zoom}</source>
        <translation>缩放：{zoom}</translation>
    </message>
    <message>
        <source>of {pages}</source>
        <translation>/ {pages}</translation>
    </message>
</context>
<context>
    <name>ProductPage</name>
    <message>
        <source>Category</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Prices without tax</source>
        <translation>不含税价格</translation>
    </message>
    <message>
        <source>Specification</source>
        <translation>规格</translation>
    </message>
    <message>
        <source>Stock</source>
        <translation>库存</translation>
    </message>
    <message>
        <source>Supply</source>
        <translation>供应方式</translation>
    </message>
    <message>
        <source>Tax rate</source>
        <translation>税率</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Volume, m³</source>
        <translation>体积（立方米）</translation>
    </message>
    <message>
        <source>Weight, kg</source>
        <translation>重量（千克）</translation>
    </message>
</context>
<context>
    <name>ProductsPage</name>
    <message>
        <source>Code, name or pinyin</source>
        <translation>编码、名称或拼音</translation>
    </message>
</context>
<context>
    <name>ProgressCard</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Working…</source>
        <translation>正在处理…</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
</context>
<context>
    <name>PurchaseOrderPage</name>
    <message>
        <source>&amp;Note to the supplier</source>
        <translation>给供应商的备注(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>Buyer</source>
        <translation>采购员</translation>
    </message>
    <message>
        <source>Cancel &amp;purchase order</source>
        <translation>取消采购单(&amp;P)</translation>
    </message>
    <message>
        <source>Cancel purchase order…</source>
        <translation>取消采购单…</translation>
    </message>
    <message>
        <source>Cancelling the purchase order</source>
        <translation>正在取消采购单</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>联系人</translation>
    </message>
    <message>
        <source>E&amp;xpected on</source>
        <translation>预计到货(&amp;X)</translation>
    </message>
    <message>
        <source>Into warehouse</source>
        <translation>入库仓库</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>明细</translation>
    </message>
    <message>
        <source>Mark as s&amp;ent</source>
        <translation>标记为已发送(&amp;E)</translation>
    </message>
    <message>
        <source>Move expected &amp;day…</source>
        <translation>调整到货日(&amp;D)…</translation>
    </message>
    <message>
        <source>Moving the expected day</source>
        <translation>正在调整预计到货日</translation>
    </message>
    <message>
        <source>Net</source>
        <translation>不含税</translation>
    </message>
    <message>
        <source>Order date</source>
        <translation>下单日期</translation>
    </message>
    <message>
        <source>Overdue since {day}</source>
        <translation>自 {day} 起逾期</translation>
    </message>
    <message>
        <source>Payment terms</source>
        <translation>付款条件</translation>
    </message>
    <message>
        <source>Purchase order {number} is expected on {day} now.</source>
        <translation>采购单 {number} 现预计 {day} 到货。</translation>
    </message>
    <message>
        <source>Purchase order {number} is saved.</source>
        <translation>采购单 {number} 已保存。</translation>
    </message>
    <message>
        <source>Purchase order {number} is sent; its goods are expected now.</source>
        <translation>采购单 {number} 已发送，货物计入在途。</translation>
    </message>
    <message>
        <source>Saving the purchase order</source>
        <translation>正在保存采购单</translation>
    </message>
    <message>
        <source>Sending the purchase order</source>
        <translation>正在发送采购单</translation>
    </message>
    <message>
        <source>Supplier</source>
        <translation>供应商</translation>
    </message>
    <message>
        <source>Tax</source>
        <translation>税额</translation>
    </message>
    <message>
        <source>Why is this purchase order cancelled?</source>
        <translation>请填写取消这张采购单的原因</translation>
    </message>
    <message>
        <source>With tax</source>
        <translation>价税合计</translation>
    </message>
    <message>
        <source>{days} days</source>
        <translation>{days} 天</translation>
    </message>
</context>
<context>
    <name>PurchaseOrdersPage</name>
    <message>
        <source>&amp;Print…</source>
        <translation>打印(&amp;P)…</translation>
    </message>
    <message>
        <source>Mark as &amp;sent</source>
        <translation>标记为已发送(&amp;S)</translation>
    </message>
    <message>
        <source>Number or supplier</source>
        <translation>单号或供应商</translation>
    </message>
    <message>
        <source>Select at most {count} purchase orders at a time.</source>
        <translation>请一次最多选择 {count} 张采购单。</translation>
    </message>
    <message>
        <source>Sending purchase orders</source>
        <translation>正在发送采购单</translation>
    </message>
    <message numerus="yes">
        <source>Sent: %n purchase orders</source>
        <translation>
            <numerusform>已发送 %n 张采购单</numerusform>
        </translation>
    </message>
    <message>
        <source>There are no purchase orders yet. They are made of purchase requests.</source>
        <translation>还没有采购单。请从采购申请生成。</translation>
    </message>
</context>
<context>
    <name>ReadyPage</name>
    <message numerus="yes">
        <source>%n delivery notes are made.</source>
        <translation>
            <numerusform>已生成 %n 张送货单。</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Make delivery note</source>
        <translation>生成送货单(&amp;M)</translation>
    </message>
    <message>
        <source>Delivery note {number} is made.</source>
        <translation>送货单 {number} 已生成。</translation>
    </message>
    <message>
        <source>Making delivery notes</source>
        <translation>正在生成送货单</translation>
    </message>
    <message>
        <source>Nothing is ready to ship. Orders come here by themselves as soon as their goods are there.</source>
        <translation>没有可发货的订单。货物到齐后，订单会自动出现在这里。</translation>
    </message>
    <message>
        <source>Order or customer</source>
        <translation>订单或客户</translation>
    </message>
    <message>
        <source>Select at most {count} orders at a time.</source>
        <translation>一次最多选择 {count} 张订单。</translation>
    </message>
</context>
<context>
    <name>ReasonDialog</name>
    <message>
        <source>Back</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Shorten the text to {limit} characters.</source>
        <translation>请将文字缩短到 {limit} 个字符以内。</translation>
    </message>
</context>
<context>
    <name>ReceiptsPage</name>
    <message>
        <source>&amp;Receive goods…</source>
        <translation>收货(&amp;R)…</translation>
    </message>
    <message>
        <source>No goods are expected. Purchase orders come here when the buyer has sent them.</source>
        <translation>没有待收货物。采购员发出采购单后，它会出现在这里。</translation>
    </message>
    <message>
        <source>Purchase order or supplier</source>
        <translation>采购单或供应商</translation>
    </message>
</context>
<context>
    <name>ReceivingPage</name>
    <message numerus="yes">
        <source>%n lines stay open</source>
        <translation>
            <numerusform>%n 行未清</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Book the receipt</source>
        <translation>收货过账(&amp;B)</translation>
    </message>
    <message>
        <source>Booked before</source>
        <translation>此前收货</translation>
    </message>
    <message>
        <source>Enter what came of each line; leave empty what did not come.</source>
        <translation>逐行输入实收数量；未到货的行留空。</translation>
    </message>
    <message>
        <source>Expected on</source>
        <translation>预计到货</translation>
    </message>
    <message>
        <source>Goods receipt {number}</source>
        <translation>收货单 {number}</translation>
    </message>
    <message>
        <source>Goods receipt {number} is booked.</source>
        <translation>收货单 {number} 已过账。</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>明细</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Nothing stays open</source>
        <translation>全部收齐</translation>
    </message>
    <message>
        <source>R&amp;eceive all</source>
        <translation>全部到货(&amp;E)</translation>
    </message>
    <message>
        <source>Supplier</source>
        <translation>供应商</translation>
    </message>
    <message>
        <source>Supplier's delivery &amp;note</source>
        <translation>供应商送货单号(&amp;N)</translation>
    </message>
    <message>
        <source>Warehouse</source>
        <translation>仓库</translation>
    </message>
</context>
<context>
    <name>RecoveryCodes</name>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Go on</source>
        <translation>继续(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Print…</source>
        <translation>打印(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;Save…</source>
        <translation>保存(&amp;S)…</translation>
    </message>
    <message>
        <source>Choose another folder or name: the file could not be written ({reason}).</source>
        <translation>请换一个文件夹或文件名：无法写入文件（{reason}）。</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Each code lets you in once if your phone is not at hand. Keep them where nobody else looks.</source>
        <translation>手机不在身边时，每个恢复码可登录一次。请妥善保管，勿让他人看到。</translation>
    </message>
    <message>
        <source>I have &amp;kept these codes</source>
        <translation>我已保存这些恢复码(&amp;K)</translation>
    </message>
    <message>
        <source>If your phone is lost, each of these codes lets you in once. They are shown only now.</source>
        <translation>手机丢失时，每个恢复码可登录一次。恢复码只显示这一次。</translation>
    </message>
    <message>
        <source>Keep your recovery codes</source>
        <translation>保存恢复码</translation>
    </message>
    <message>
        <source>Save the recovery codes</source>
        <translation>保存恢复码</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>Saved as {path}</source>
        <translation>已保存为 {path}</translation>
    </message>
    <message>
        <source>Tenon recovery codes</source>
        <translation>Tenon 恢复码</translation>
    </message>
    <message>
        <source>Tenon: recovery codes of {name}</source>
        <translation>Tenon：{name} 的恢复码</translation>
    </message>
    <message>
        <source>Text (*.txt)</source>
        <translation>文本文件 (*.txt)</translation>
    </message>
</context>
<context>
    <name>RelatedPanel</name>
    <message>
        <source>Related documents</source>
        <translation>相关单据</translation>
    </message>
</context>
<context>
    <name>RemoveRoleDialog</name>
    <message>
        <source>&amp;Remove</source>
        <translation>删除(&amp;R)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Remove role</source>
        <translation>删除角色</translation>
    </message>
    <message>
        <source>Remove “{title}” and take it from everybody and every role that has it?</source>
        <translation>删除“{title}”，并从所有拥有它的人员和角色中收回？</translation>
    </message>
    <message>
        <source>Remove “{title}”? Nobody has it.</source>
        <translation>删除“{title}”？目前无人拥有。</translation>
    </message>
    <message>
        <source>Take away and &amp;remove</source>
        <translation>收回并删除(&amp;R)</translation>
    </message>
    <message>
        <source>{title} is removed.</source>
        <translation>{title} 已删除。</translation>
    </message>
</context>
<context>
    <name>RenewPage</name>
    <message>
        <source>&amp;Set the password</source>
        <translation>设置密码(&amp;S)</translation>
    </message>
    <message>
        <source>Caps Lock is on.</source>
        <translation>大写锁定已开启。</translation>
    </message>
    <message>
        <source>Choose a new password</source>
        <translation>设置新密码</translation>
    </message>
    <message>
        <source>Somebody else chose the password that you have now.</source>
        <translation>您现在的密码是由他人设置的。</translation>
    </message>
    <message>
        <source>The code was right. From now on you log in with the new password.</source>
        <translation>代码正确。今后请使用新密码登录。</translation>
    </message>
    <message>
        <source>Your password has expired.</source>
        <translation>您的密码已过期。</translation>
    </message>
</context>
<context>
    <name>ReportCard</name>
    <message>
        <source>&amp;Good pieces</source>
        <translation>合格数量(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Minutes (optional)</source>
        <translation>用时，分钟（可不填）(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Reason for the scrap</source>
        <translation>报废原因(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Scrap</source>
        <translation>报废数量(&amp;S)</translation>
    </message>
    <message>
        <source>Choose a reason or write one: scrap needs it.</source>
        <translation>请选择或填写报废原因。</translation>
    </message>
    <message>
        <source>Choose an operation</source>
        <translation>请选择工序</translation>
    </message>
    <message>
        <source>Cut wrong</source>
        <translation>开料错误</translation>
    </message>
    <message>
        <source>Damaged surface</source>
        <translation>表面损伤</translation>
    </message>
    <message>
        <source>Machine fault</source>
        <translation>设备故障</translation>
    </message>
    <message>
        <source>Material defect</source>
        <translation>来料缺陷</translation>
    </message>
    <message>
        <source>Report (Enter)</source>
        <translation>报工（Enter）</translation>
    </message>
    <message>
        <source>Reported: {good} good, {scrap} scrap.</source>
        <translation>已报工：合格 {good}，报废 {scrap}。</translation>
    </message>
    <message>
        <source>Reported: {good} good.</source>
        <translation>已报工：合格 {good}。</translation>
    </message>
    <message>
        <source>Reporting pieces</source>
        <translation>正在报工</translation>
    </message>
    <message>
        <source>Stand on an operation and press Enter, or type the quantity at once.</source>
        <translation>选中工序后按 Enter，或直接输入数量。</translation>
    </message>
    <message>
        <source>The report before was counted: {good} good, {scrap} scrap. What you entered then is not reported; report it only if it comes on top.</source>
        <translation>上一次报工已计入：合格 {good}，报废 {scrap}。您之后输入的数量尚未报工；如确属新增数量，请再次报工。</translation>
    </message>
    <message>
        <source>Wrong size</source>
        <translation>尺寸不符</translation>
    </message>
    <message>
        <source>{number} · {done} of {all} done, {open} to do</source>
        <translation>{number} · 已完成 {done} / {all}，待做 {open}</translation>
    </message>
</context>
<context>
    <name>RequestsPage</name>
    <message>
        <source>&amp;Make purchase orders</source>
        <translation>生成采购单(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Preferred supplier…</source>
        <translation>首选供应商(&amp;P)…</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Cancel &amp;requests</source>
        <translation>取消申请(&amp;R)</translation>
    </message>
    <message>
        <source>Cancel requests</source>
        <translation>取消采购申请</translation>
    </message>
    <message>
        <source>Cancel request…</source>
        <translation>取消申请…</translation>
    </message>
    <message numerus="yes">
        <source>Cancelled: %n requests</source>
        <translation>
            <numerusform>已取消 %n 条采购申请</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancelling requests</source>
        <translation>正在取消采购申请</translation>
    </message>
    <message>
        <source>Make a purchase order for this request first: it has none yet.</source>
        <translation>请先为此申请生成采购单：目前还没有。</translation>
    </message>
    <message>
        <source>Making purchase orders</source>
        <translation>正在生成采购单</translation>
    </message>
    <message>
        <source>Nothing has to be bought. Confirmed orders and work orders ask here for what is missing.</source>
        <translation>暂无采购需求。订单和生产工单缺料时会自动在此提出申请。</translation>
    </message>
    <message>
        <source>Number or product</source>
        <translation>单号或产品</translation>
    </message>
    <message>
        <source>Purchase orders made: {numbers}</source>
        <translation>已生成采购单：{numbers}</translation>
    </message>
    <message>
        <source>Select at most {count} requests at a time.</source>
        <translation>请一次最多选择 {count} 条申请。</translation>
    </message>
    <message>
        <source>Select open requests: the others are ordered already or cancelled.</source>
        <translation>请选择未清的申请：其余的已下单或已取消。</translation>
    </message>
    <message numerus="yes">
        <source>Why are %n requests cancelled?</source>
        <translation>
            <numerusform>为什么取消这 %n 条采购申请？</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RequestsPanel</name>
    <message>
        <source>Who waits for it</source>
        <translation>等待此货的单据</translation>
    </message>
    <message>
        <source>{qty} × {product}, needed {day}</source>
        <translation>{product} × {qty}，{day} 前需要</translation>
    </message>
</context>
<context>
    <name>RightsPanel</name>
    <message numerus="yes">
        <source>%n rights</source>
        <translation>
            <numerusform>%n 项权限</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n screens</source>
        <translation>
            <numerusform>%n 个界面</numerusform>
        </translation>
    </message>
    <message>
        <source>Find a right, role, screen or row</source>
        <translation>查找权限、角色、界面或数据范围</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Rights: {department}</source>
        <translation>权限：{department}</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>数据范围</translation>
    </message>
    <message>
        <source>Screens</source>
        <translation>界面</translation>
    </message>
    <message>
        <source>This account can log in but open nothing: it has no role.</source>
        <translation>此账号可以登录，但没有任何角色，打不开任何界面。</translation>
    </message>
    <message>
        <source>Through</source>
        <translation>来自</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>What this person can do</source>
        <translation>此人可以做什么</translation>
    </message>
    <message>
        <source>the account is inactive: none of this works now</source>
        <translation>账号已停用，以上权限目前均不生效</translation>
    </message>
</context>
<context>
    <name>RoleDialog</name>
    <message numerus="yes">
        <source>%n people have this role. Tick or clear rights to see what that does to them.</source>
        <translation>
            <numerusform>%n 人拥有此角色。勾选或取消权限，即可查看对他们的影响。</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Copy…</source>
        <translation>复制(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Create</source>
        <translation>创建(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Department</source>
        <translation>部门(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;English title</source>
        <translation>英文名称(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation>名称(&amp;T)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Copy of {title}</source>
        <translation>{title} 副本</translation>
    </message>
    <message>
        <source>Desc&amp;ription</source>
        <translation>说明(&amp;R)</translation>
    </message>
    <message>
        <source>English descr&amp;iption</source>
        <translation>英文说明(&amp;I)</translation>
    </message>
    <message>
        <source>New role</source>
        <translation>新建角色</translation>
    </message>
    <message>
        <source>Nobody has this role yet. It begins as a copy of: {roles}</source>
        <translation>尚无人拥有此角色。初始内容复制自：{roles}</translation>
    </message>
    <message>
        <source>Nobody has this role yet: give it to people once it is made.</source>
        <translation>尚无人拥有此角色，创建后即可授予人员。</translation>
    </message>
    <message>
        <source>Nobody has this role.</source>
        <translation>无人拥有此角色。</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>This role ships with the product and stays as it is. Copy it to make one of your own.</source>
        <translation>此角色为产品自带，不能修改。可复制为自定义角色。</translation>
    </message>
    <message>
        <source>{title} is saved.</source>
        <translation>{title} 已保存。</translation>
    </message>
</context>
<context>
    <name>RolePanel</name>
    <message>
        <source>Contains roles</source>
        <translation>包含的角色</translation>
    </message>
    <message>
        <source>Select a role to see what it contains and who has it.</source>
        <translation>选择一个角色，查看它包含什么、谁拥有它。</translation>
    </message>
    <message>
        <source>The role</source>
        <translation>角色内容</translation>
    </message>
    <message>
        <source>Who has it</source>
        <translation>拥有者</translation>
    </message>
    <message>
        <source>inactive</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>through {roles}</source>
        <translation>来自：{roles}</translation>
    </message>
</context>
<context>
    <name>RoleTree</name>
    <message>
        <source>Find a role or right</source>
        <translation>查找角色或权限</translation>
    </message>
    <message>
        <source>Job roles</source>
        <translation>岗位角色</translation>
    </message>
    <message>
        <source>No role or right is called like this.</source>
        <translation>没有匹配的角色或权限。</translation>
    </message>
    <message>
        <source>Own roles</source>
        <translation>自定义角色</translation>
    </message>
    <message>
        <source>Rights: {department}</source>
        <translation>权限：{department}</translation>
    </message>
    <message>
        <source>Roles and rights</source>
        <translation>角色和权限</translation>
    </message>
    <message>
        <source>also through {roles}</source>
        <translation>同时来自：{roles}</translation>
    </message>
    <message>
        <source>through {roles}</source>
        <translation>来自：{roles}</translation>
    </message>
</context>
<context>
    <name>RolesPage</name>
    <message>
        <source>&amp;Copy…</source>
        <translation>复制(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;New role</source>
        <translation>新建角色(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Remove…</source>
        <translation>删除(&amp;R)…</translation>
    </message>
    <message>
        <source>Make a role of your own that contains all that the selected roles contain</source>
        <translation>新建一个包含所选角色全部内容的自定义角色</translation>
    </message>
    <message>
        <source>No role yet.</source>
        <translation>尚无角色。</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Role, right or content</source>
        <translation>角色、权限或内容</translation>
    </message>
</context>
<context>
    <name>Rows</name>
    <message>
        <source>Customers: {rows}</source>
        <translation>客户：{rows}</translation>
    </message>
    <message>
        <source>Delivery notes: {rows}</source>
        <translation>送货单：{rows}</translation>
    </message>
    <message>
        <source>Invoices and payments: {rows}</source>
        <translation>发票和收付款：{rows}</translation>
    </message>
    <message>
        <source>Journal: {rows}</source>
        <translation>凭证：{rows}</translation>
    </message>
    <message>
        <source>Orders, without prices: {rows}</source>
        <translation>订单（不含价格）：{rows}</translation>
    </message>
    <message>
        <source>Orders: {rows}</source>
        <translation>订单：{rows}</translation>
    </message>
    <message>
        <source>Purchase orders: {rows}</source>
        <translation>采购单：{rows}</translation>
    </message>
    <message>
        <source>Stock: {rows}</source>
        <translation>库存：{rows}</translation>
    </message>
    <message>
        <source>Work orders and operations: {rows}</source>
        <translation>工单和工序：{rows}</translation>
    </message>
</context>
<context>
    <name>Scanner</name>
    <message>
        <source>Line {line} of the order is not on this delivery note.</source>
        <translation>订单第 {line} 行不在本送货单上。</translation>
    </message>
    <message>
        <source>Of {code} only {rest} are still to be picked.</source>
        <translation>{code} 只剩 {rest} 待拣。</translation>
    </message>
    <message>
        <source>Scan a product or an order line.</source>
        <translation>请扫描产品或订单行。</translation>
    </message>
    <message>
        <source>Scan a quantity above zero.</source>
        <translation>扫描的数量须大于零。</translation>
    </message>
    <message>
        <source>{code} belongs to another order.</source>
        <translation>{code} 属于另一张订单。</translation>
    </message>
    <message>
        <source>{code} is not on this delivery note.</source>
        <translation>{code} 不在本送货单上。</translation>
    </message>
    <message>
        <source>{code} is picked already: put it back.</source>
        <translation>{code} 已拣足：请放回。</translation>
    </message>
</context>
<context>
    <name>Screens</name>
    <message>
        <source>Administration</source>
        <translation>系统管理</translation>
    </message>
    <message>
        <source>Approvals</source>
        <translation>审批</translation>
    </message>
    <message>
        <source>Audit trail</source>
        <translation>审计日志</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Customers</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Dashboard</source>
        <translation>经营看板</translation>
    </message>
    <message>
        <source>Delivery note</source>
        <translation>送货单</translation>
    </message>
    <message>
        <source>Delivery notes</source>
        <translation>送货单</translation>
    </message>
    <message>
        <source>Finance</source>
        <translation>财务</translation>
    </message>
    <message>
        <source>Goods receipt</source>
        <translation>收货单</translation>
    </message>
    <message>
        <source>Goods receipts</source>
        <translation>采购收货</translation>
    </message>
    <message>
        <source>Import orders</source>
        <translation>导入订单</translation>
    </message>
    <message>
        <source>Invoice</source>
        <translation>发票</translation>
    </message>
    <message>
        <source>Invoices</source>
        <translation>发票</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>会计凭证</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>总览</translation>
    </message>
    <message>
        <source>Payment</source>
        <translation>收款</translation>
    </message>
    <message>
        <source>Payments</source>
        <translation>收款</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>产品</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>生产</translation>
    </message>
    <message>
        <source>Products</source>
        <translation>产品</translation>
    </message>
    <message>
        <source>Purchase order</source>
        <translation>采购单</translation>
    </message>
    <message>
        <source>Purchase orders</source>
        <translation>采购单</translation>
    </message>
    <message>
        <source>Purchase requests</source>
        <translation>采购申请</translation>
    </message>
    <message>
        <source>Purchasing</source>
        <translation>采购</translation>
    </message>
    <message>
        <source>Ready to ship</source>
        <translation>待发货</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Sales</source>
        <translation>销售</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>售后</translation>
    </message>
    <message>
        <source>Shop floor</source>
        <translation>车间报工</translation>
    </message>
    <message>
        <source>Stock</source>
        <translation>库存</translation>
    </message>
    <message>
        <source>Stock card</source>
        <translation>库存卡片</translation>
    </message>
    <message>
        <source>Stock moves</source>
        <translation>库存流水</translation>
    </message>
    <message>
        <source>To invoice</source>
        <translation>待开票</translation>
    </message>
    <message>
        <source>Warehouse</source>
        <translation>仓库</translation>
    </message>
    <message>
        <source>Work order</source>
        <translation>生产工单</translation>
    </message>
    <message>
        <source>Work orders</source>
        <translation>生产工单</translation>
    </message>
</context>
<context>
    <name>ServerForm</name>
    <message>
        <source>&amp;Database</source>
        <translation>数据库(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Encryption</source>
        <translation>加密方式(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Host (several with commas)</source>
        <translation>主机(&amp;H)（多台用逗号分隔）</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Offer this server first</source>
        <translation>默认选中此服务器(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Port</source>
        <translation>端口(&amp;P)</translation>
    </message>
    <message>
        <source>Any server that your company's authority vouches for could take its place.</source>
        <translation>公司机构签发过证书的任何服务器都能冒充它。</translation>
    </message>
    <message>
        <source>Certificates (*.crt *.pem *.cer);;All files (*)</source>
        <translation>证书 (*.crt *.pem *.cer);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Choose another file: this one is missing or holds no certificate.</source>
        <translation>请选择其他文件：此文件不存在或不含证书。</translation>
    </message>
    <message>
        <source>Choose another name: there is one called so already.</source>
        <translation>请换一个名称：已有同名的服务器。</translation>
    </message>
    <message>
        <source>Choose the certificate file</source>
        <translation>选择证书文件</translation>
    </message>
    <message>
        <source>Choose the file: without it this kind of check can't be done.</source>
        <translation>请选择证书文件：没有它无法进行这种校验。</translation>
    </message>
    <message>
        <source>Encrypted where the server offers it</source>
        <translation>服务器支持时加密</translation>
    </message>
    <message>
        <source>Encrypted, certificate and name are checked</source>
        <translation>加密，校验证书和主机名</translation>
    </message>
    <message>
        <source>Encrypted, certificate is checked, name is not</source>
        <translation>加密，校验证书，不校验主机名</translation>
    </message>
    <message>
        <source>Encrypted, the server is not checked</source>
        <translation>加密，不校验服务器</translation>
    </message>
    <message>
        <source>Enter a number from 1 to 65535.</source>
        <translation>请输入 1 到 65535 之间的数字。</translation>
    </message>
    <message>
        <source>Enter only the host's name or address, such as erp.example.com.</source>
        <translation>请只填写主机名或地址，例如 erp.example.com。</translation>
    </message>
    <message>
        <source>Enter something here.</source>
        <translation>请填写此项。</translation>
    </message>
    <message>
        <source>Enter the port in its own field.</source>
        <translation>请把端口填写在端口栏中。</translation>
    </message>
    <message>
        <source>File of the company's cert&amp;ificate</source>
        <translation>公司证书文件(&amp;I)</translation>
    </message>
    <message>
        <source>For a server on this computer only: in a network others can read along.</source>
        <translation>只适用于本机上的服务器：在网络中他人可以窃听。</translation>
    </message>
    <message>
        <source>Nobody can read along, but another computer could pose as the server.</source>
        <translation>他人无法窃听，但其他电脑可以冒充服务器。</translation>
    </message>
    <message>
        <source>Not encrypted</source>
        <translation>不加密</translation>
    </message>
    <message>
        <source>The right choice for a server in the network.</source>
        <translation>适用于网络中的服务器（推荐）。</translation>
    </message>
    <message>
        <source>Whoever sits in between can read along and pose as the server.</source>
        <translation>处于中间的人可以窃听，也可以冒充服务器。</translation>
    </message>
    <message>
        <source>as this computer trusts</source>
        <translation>使用本机信任的证书</translation>
    </message>
</context>
<context>
    <name>ServersDialog</name>
    <message numerus="yes">
        <source>%n servers were taken over from the file. Save to keep them.</source>
        <translation>
            <numerusform>已从文件导入 %n 台服务器，保存后生效。</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>添加(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;From a file…</source>
        <translation>从文件导入(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>删除(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Test…</source>
        <translation>测试(&amp;T)…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Choose another file: this one names no servers.</source>
        <translation>请选择其他文件：此文件中没有服务器。</translation>
    </message>
    <message>
        <source>New server</source>
        <translation>新服务器</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>服务器设置</translation>
    </message>
    <message>
        <source>Servers (*.toml)</source>
        <translation>服务器文件 (*.toml)</translation>
    </message>
    <message>
        <source>Take over servers from a file</source>
        <translation>从文件导入服务器</translation>
    </message>
    <message>
        <source>What stood in the file before is kept as {file}.</source>
        <translation>文件原来的内容已另存为 {file}。</translation>
    </message>
    <message>
        <source>{name} (default)</source>
        <translation>{name}（默认）</translation>
    </message>
</context>
<context>
    <name>SessionOverDialog</name>
    <message>
        <source>&amp;Leave</source>
        <translation>退出(&amp;L)</translation>
    </message>
    <message>
        <source>Enter your password.</source>
        <translation>请输入密码。</translation>
    </message>
    <message>
        <source>Log &amp;in</source>
        <translation>登录(&amp;I)</translation>
    </message>
    <message>
        <source>Log in again</source>
        <translation>重新登录</translation>
    </message>
    <message>
        <source>Logging in</source>
        <translation>正在登录</translation>
    </message>
    <message>
        <source>Pass&amp;word</source>
        <translation>密码(&amp;W)</translation>
    </message>
    <message>
        <source>What you typed is still there. Enter your password to go on where you were; nobody else can.</source>
        <translation>已录入的内容仍然保留。请输入密码，从中断处继续；其他人无法继续操作。</translation>
    </message>
    <message>
        <source>Your session has ended</source>
        <translation>登录已结束</translation>
    </message>
    <message>
        <source>{name} ({login})</source>
        <translation>{name}（{login}）</translation>
    </message>
</context>
<context>
    <name>SessionRows</name>
    <message>
        <source>End</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>End the session at {computer}</source>
        <translation>结束在 {computer} 上的登录</translation>
    </message>
    <message>
        <source>Unknown computer</source>
        <translation>未知计算机</translation>
    </message>
    <message>
        <source>on the server itself</source>
        <translation>服务器本机</translation>
    </message>
    <message>
        <source>version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>{address} · {program} · since {since} · last active {active}</source>
        <translation>{address} · {program} · 登录于 {since} · 最近操作 {active}</translation>
    </message>
    <message>
        <source>{computer} (this session)</source>
        <translation>{computer}（本次登录）</translation>
    </message>
</context>
<context>
    <name>SessionsDialog</name>
    <message>
        <source>&amp;End all sessions</source>
        <translation>结束全部登录(&amp;E)</translation>
    </message>
    <message>
        <source>C&amp;lose</source>
        <translation>关闭(&amp;L)</translation>
    </message>
    <message>
        <source>Ending the sessions</source>
        <translation>正在结束登录</translation>
    </message>
    <message>
        <source>Ending them logs this person out at once; what is not saved stays in the open windows.</source>
        <translation>结束后，此人立即退出登录；未保存的内容仍保留在其打开的窗口中。</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>Not logged in at present.</source>
        <translation>当前未登录。</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>登录会话</translation>
    </message>
    <message>
        <source>Sessions of {login}</source>
        <translation>{login} 的登录会话</translation>
    </message>
    <message>
        <source>{login} is logged out everywhere.</source>
        <translation>{login} 已在所有位置退出登录。</translation>
    </message>
</context>
<context>
    <name>Shell</name>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>All saved</source>
        <translation>已全部保存</translation>
    </message>
    <message>
        <source>Change password</source>
        <translation>修改密码</translation>
    </message>
    <message>
        <source>Choose a screen at the left, or press Ctrl+K.</source>
        <translation>请在左侧选择功能，或按 Ctrl+K。</translation>
    </message>
    <message>
        <source>Connected: {server}</source>
        <translation>已连接：{server}</translation>
    </message>
    <message>
        <source>Connecting: {server}</source>
        <translation>正在连接：{server}</translation>
    </message>
    <message>
        <source>Dark colours</source>
        <translation>深色界面</translation>
    </message>
    <message>
        <source>Guide to this screen</source>
        <translation>本页使用指南</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Light colours</source>
        <translation>浅色界面</translation>
    </message>
    <message>
        <source>Log out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>My account</source>
        <translation>我的账号</translation>
    </message>
    <message>
        <source>No screen is open to you yet. Ask your administrator for a job role.</source>
        <translation>您还没有任何可用的功能。请联系系统管理员分配岗位。</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>尚未保存</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Tenon</source>
        <translation>榫卯</translation>
    </message>
    <message>
        <source>Your rights have changed. Open pages again to see what you may do now.</source>
        <translation>您的权限已变更。请重新打开页面，查看当前可用的操作。</translation>
    </message>
    <message>
        <source>this computer</source>
        <translation>本机</translation>
    </message>
</context>
<context>
    <name>ShipmentPage</name>
    <message>
        <source>&amp;Cancel delivery note</source>
        <translation>取消送货单(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Cancel delivery note…</source>
        <translation>取消送货单(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Delivered</source>
        <translation>已送达(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Save picked quantities</source>
        <translation>保存拣货数量(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Vehicle</source>
        <translation>车辆(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Why? The goods stay ready for the order.</source>
        <translation>原因(&amp;W)：货物仍为该订单保留。</translation>
    </message>
    <message>
        <source>C&amp;arrier</source>
        <translation>承运商(&amp;A)</translation>
    </message>
    <message>
        <source>Cancel delivery note</source>
        <translation>取消送货单</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>联系人</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Depa&amp;rted</source>
        <translation>已发车(&amp;R)</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>明细</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>Pick &amp;everything</source>
        <translation>全部拣货(&amp;E)</translation>
    </message>
    <message>
        <source>Product code or order line, 3*code for three</source>
        <translation>产品编码或订单行；3*编码 表示三件</translation>
    </message>
    <message>
        <source>S&amp;hip</source>
        <translation>发货(&amp;H)</translation>
    </message>
    <message>
        <source>Sca&amp;n</source>
        <translation>扫描(&amp;N)</translation>
    </message>
    <message>
        <source>Ship to</source>
        <translation>送货地址</translation>
    </message>
    <message>
        <source>Shipped. Stock and order are up to date.</source>
        <translation>已发货，库存与订单已更新。</translation>
    </message>
    <message>
        <source>Signed for &amp;by</source>
        <translation>签收人(&amp;B)</translation>
    </message>
    <message>
        <source>The picked quantities are saved.</source>
        <translation>拣货数量已保存。</translation>
    </message>
    <message>
        <source>This is recorded with the next step, not before: press its button.</source>
        <translation>此内容在执行下一步时才会登记，请按相应的按钮。</translation>
    </message>
    <message>
        <source>This is the right delivery note. Scan the goods now.</source>
        <translation>送货单无误，请扫描货物。</translation>
    </message>
    <message>
        <source>Warehouse</source>
        <translation>仓库</translation>
    </message>
    <message>
        <source>{code}: {picked} of {wanted}</source>
        <translation>{code}：{picked} / {wanted}</translation>
    </message>
    <message>
        <source>{picked} of {wanted} picked</source>
        <translation>已拣 {picked} / {wanted}</translation>
    </message>
</context>
<context>
    <name>ShipmentsPage</name>
    <message>
        <source>&amp;Print…</source>
        <translation>打印(&amp;P)…</translation>
    </message>
    <message>
        <source>Number, order or customer</source>
        <translation>单号、订单或客户</translation>
    </message>
    <message>
        <source>There is no delivery note yet. Make one under Ready to ship.</source>
        <translation>还没有送货单。请在“待发货”中生成。</translation>
    </message>
</context>
<context>
    <name>StagePage</name>
    <message>
        <source>&amp;Back</source>
        <translation>返回(&amp;B)</translation>
    </message>
    <message>
        <source>The server is asked</source>
        <translation>正在询问服务器</translation>
    </message>
</context>
<context>
    <name>StatementDialog</name>
    <message>
        <source>&amp;From</source>
        <translation>从(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Preview</source>
        <translation>预览(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;To</source>
        <translation>到(&amp;T)</translation>
    </message>
    <message>
        <source>Account statement</source>
        <translation>对账单</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Choose a day that is not before the first one.</source>
        <translation>结束日期不能早于开始日期。</translation>
    </message>
    <message>
        <source>Statement {customer} {until}</source>
        <translation>对账单 {customer} {until}</translation>
    </message>
</context>
<context>
    <name>StockCardPanel</name>
    <message>
        <source>Available</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>Being made</source>
        <translation>在制</translation>
    </message>
    <message>
        <source>Being made by</source>
        <translation>在制来源</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>单据</translation>
    </message>
    <message>
        <source>Documents you can't see</source>
        <translation>无权查看的单据</translation>
    </message>
    <message>
        <source>Incoming</source>
        <translation>在途</translation>
    </message>
    <message>
        <source>Incoming from</source>
        <translation>在途来源</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Latest moves</source>
        <translation>最近出入库</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>No document and no move yet</source>
        <translation>还没有单据和出入库记录</translation>
    </message>
    <message>
        <source>On hand</source>
        <translation>现存量</translation>
    </message>
    <message>
        <source>Projected</source>
        <translation>预计可用</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Reorder point</source>
        <translation>再订货点</translation>
    </message>
    <message>
        <source>Reserved</source>
        <translation>已占用</translation>
    </message>
    <message>
        <source>Reserved for</source>
        <translation>占用单据</translation>
    </message>
    <message>
        <source>Select a row to see which documents its numbers are made of.</source>
        <translation>选中一行，即可查看其数量由哪些单据构成。</translation>
    </message>
    <message>
        <source>What the numbers are made of</source>
        <translation>数量的构成</translation>
    </message>
</context>
<context>
    <name>SupplierDialog</name>
    <message>
        <source>&amp;Make preferred</source>
        <translation>设为首选(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Price without tax</source>
        <translation>不含税单价(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Price without tax, {currency} per {unit}</source>
        <translation>不含税单价（{currency}/{unit}）(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Supplier</source>
        <translation>供应商(&amp;S)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Choose the supplier to order from.</source>
        <translation>请选择供应商。</translation>
    </message>
    <message>
        <source>Code, name, pinyin or initials</source>
        <translation>编码、名称、拼音或首字母</translation>
    </message>
    <message>
        <source>Delivery time in days: {days}. Minimum order in units of {unit}: {qty}.</source>
        <translation>交货期 {days} 天，起订量 {qty} {unit}。</translation>
    </message>
    <message>
        <source>Enter the price.</source>
        <translation>请填写单价。</translation>
    </message>
    <message>
        <source>First offer of this supplier: counted with 7 days and no minimum order.</source>
        <translation>该供应商首次供应此产品：按交货期 7 天、无起订量计算。</translation>
    </message>
    <message>
        <source>Keeping the preferred supplier</source>
        <translation>正在保存首选供应商</translation>
    </message>
    <message>
        <source>No supplier is preferred yet.</source>
        <translation>尚未指定首选供应商。</translation>
    </message>
    <message>
        <source>Preferred so far: {supplier}</source>
        <translation>当前首选：{supplier}</translation>
    </message>
    <message>
        <source>Preferred supplier</source>
        <translation>首选供应商</translation>
    </message>
    <message>
        <source>{product} is bought from {supplier} from now on.</source>
        <translation>今后 {product} 向 {supplier} 采购。</translation>
    </message>
    <message>
        <source>{supplier} was preferred, but is inactive now.</source>
        <translation>原首选供应商 {supplier} 已停用。</translation>
    </message>
</context>
<context>
    <name>TableView</name>
    <message>
        <source>Choose columns…</source>
        <translation>选择列…</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy with titles</source>
        <translation>连同标题复制</translation>
    </message>
    <message>
        <source>Freeze first column</source>
        <translation>冻结首列</translation>
    </message>
    <message>
        <source>Hide column</source>
        <translation>隐藏列</translation>
    </message>
    <message>
        <source>Reset columns</source>
        <translation>恢复默认列</translation>
    </message>
    <message>
        <source>Sort ascending</source>
        <translation>升序排列</translation>
    </message>
    <message>
        <source>Sort descending</source>
        <translation>降序排列</translation>
    </message>
</context>
<context>
    <name>TimelinePanel</name>
    <message>
        <source>Nothing has happened yet.</source>
        <translation>暂无动态</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>动态</translation>
    </message>
    <message>
        <source>{what}: {days}</source>
        <translation>{what}：{days}</translation>
    </message>
</context>
<context>
    <name>ToInvoicePage</name>
    <message numerus="yes">
        <source>%n invoices drafted</source>
        <translation>
            <numerusform>已生成 %n 张发票草稿</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Draft invoice</source>
        <translation>生成发票(&amp;D)</translation>
    </message>
    <message>
        <source>Drafting invoices</source>
        <translation>正在生成发票</translation>
    </message>
    <message>
        <source>Everything that was shipped is invoiced.</source>
        <translation>已发货的货物均已开票。</translation>
    </message>
    <message>
        <source>Order or customer</source>
        <translation>订单或客户</translation>
    </message>
    <message>
        <source>Select at most {count} orders at a time.</source>
        <translation>一次最多选择 {count} 张订单。</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Close this message</source>
        <translation>关闭这条消息</translation>
    </message>
    <message>
        <source>Copy this message</source>
        <translation>复制这条消息</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>&amp;About Tenon</source>
        <translation>关于榫卯(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Log out</source>
        <translation>退出登录(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;My account…</source>
        <translation>我的账号(&amp;M)…</translation>
    </message>
    <message>
        <source>Back to the page before</source>
        <translation>返回上一页</translation>
    </message>
    <message>
        <source>Change &amp;password…</source>
        <translation>修改密码(&amp;P)…</translation>
    </message>
    <message>
        <source>Dark colours</source>
        <translation>深色界面</translation>
    </message>
    <message>
        <source>Go to anything</source>
        <translation>转到任意位置</translation>
    </message>
    <message>
        <source>Guide to this screen</source>
        <translation>本页使用指南</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Light colours</source>
        <translation>浅色界面</translation>
    </message>
    <message>
        <source>Search documents, customers, products    Ctrl+K</source>
        <translation>搜索单据、客户、产品…    Ctrl+K</translation>
    </message>
    <message>
        <source>{count} waiting for your approval</source>
        <translation>{count} 项等待您审批</translation>
    </message>
    <message>
        <source>{name}, {job}: account</source>
        <translation>{name}，{job}：账号</translation>
    </message>
</context>
<context>
    <name>TrailWarning</name>
    <message>
        <source>I have &amp;told them</source>
        <translation>我已告知(&amp;T)</translation>
    </message>
    <message>
        <source>Remind me at the next &amp;login</source>
        <translation>下次登录时再提醒(&amp;L)</translation>
    </message>
    <message>
        <source>Tell your auditor or manager: the record of changes on this server was altered.</source>
        <translation>请告知审计人员或经理：这台服务器上的变更记录被改动过。</translation>
    </message>
    <message>
        <source>The record of changes was altered</source>
        <translation>变更记录被改动</translation>
    </message>
    <message>
        <source>This computer remembers seal {number} of {at}, and the server no longer has it. Either a backup was restored, or somebody rewrote the record.</source>
        <translation>本机记得 {at} 的第 {number} 号封印，服务器上却已没有。可能是恢复了备份，也可能是有人改写了记录。</translation>
    </message>
</context>
<context>
    <name>Unsaved</name>
    <message>
        <source>&amp;Discard</source>
        <translation>放弃(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Keep mine</source>
        <translation>保留我的(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Keep the other's</source>
        <translation>保留对方的(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Take mine again</source>
        <translation>恢复我的(&amp;T)</translation>
    </message>
    <message>
        <source>Already recorded as {document}, without what you changed afterwards: {fields}.</source>
        <translation>已登记为{document}，不含您之后修改的内容：{fields}。</translation>
    </message>
    <message>
        <source>Already recorded as {document}.</source>
        <translation>已登记为{document}，没有重复提交。</translation>
    </message>
    <message>
        <source>Decide first about the input from {when}: it was sent, but the answer did not come. Taking it over sends it once more and tells what became of it; nothing else is sent before.</source>
        <translation>请先处理 {when} 输入的内容：已发送，但未收到答复。恢复时会再发送一次，并告知处理结果；在此之前不会发送其他内容。</translation>
    </message>
    <message>
        <source>Somebody else changed this, too: {fields}. The other's input stands there now.</source>
        <translation>以下内容他人也已修改：{fields}。目前显示的是对方输入的内容。</translation>
    </message>
    <message>
        <source>Somebody else changed this, too: {fields}. Your input stands there now.</source>
        <translation>以下内容他人也已修改：{fields}。目前显示的是您输入的内容。</translation>
    </message>
    <message>
        <source>Take it &amp;over</source>
        <translation>恢复(&amp;O)</translation>
    </message>
    <message>
        <source>There is input from {when} that was not saved.</source>
        <translation>有 {when} 输入但尚未保存的内容。</translation>
    </message>
    <message>
        <source>There is input from {when} that was sent, but the answer did not come. Taking it over sends it once more: it is carried out only once.</source>
        <translation>有 {when} 输入并已发送、但未收到答复的内容。恢复时会再发送一次，绝不会重复执行。</translation>
    </message>
    <message>
        <source>Use the o&amp;ther's</source>
        <translation>采用对方的(&amp;T)</translation>
    </message>
    <message>
        <source>What you typed after it was sent is not part of it.</source>
        <translation>发送之后输入的内容未包含在内。</translation>
    </message>
    <message>
        <source>What you typed after it was sent is not part of it: {fields}.</source>
        <translation>发送之后输入的内容未包含在内：{fields}。</translation>
    </message>
    <message>
        <source>line {number}</source>
        <translation>第 {number} 行</translation>
    </message>
    <message>
        <source>{field} in line {number}</source>
        <translation>第 {number} 行“{field}”</translation>
    </message>
</context>
<context>
    <name>ViewDialog</name>
    <message>
        <source>&amp;Keep</source>
        <translation>保存(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Name of the view</source>
        <translation>视图名称(&amp;N)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Choose another name: a view of the program has this one.</source>
        <translation>请换一个名称：系统视图已使用该名称。</translation>
    </message>
    <message>
        <source>Keep as view</source>
        <translation>保存为视图</translation>
    </message>
</context>
<context>
    <name>Views</name>
    <message>
        <source>Accounts and rights</source>
        <translation>账号与权限</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>All lines ready</source>
        <translation>整单齐备</translation>
    </message>
    <message>
        <source>Bought</source>
        <translation>采购</translation>
    </message>
    <message>
        <source>Counts</source>
        <translation>盘点</translation>
    </message>
    <message>
        <source>Dealers</source>
        <translation>经销商</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>已送达</translation>
    </message>
    <message>
        <source>Drafts</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>Expected in the next 7 days</source>
        <translation>7 天内到货</translation>
    </message>
    <message>
        <source>For sale</source>
        <translation>可销售</translation>
    </message>
    <message>
        <source>Goods</source>
        <translation>货物</translation>
    </message>
    <message>
        <source>Inactive</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>Invoices and money</source>
        <translation>发票与资金</translation>
    </message>
    <message>
        <source>Issued this month</source>
        <translation>本月开具</translation>
    </message>
    <message>
        <source>Job roles</source>
        <translation>岗位角色</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>Late</source>
        <translation>已逾期</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>已锁定</translation>
    </message>
    <message>
        <source>Logged in</source>
        <translation>已登录</translation>
    </message>
    <message>
        <source>Logins</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>自制</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>我的</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>挂起</translation>
    </message>
    <message>
        <source>On the road</source>
        <translation>运输中</translation>
    </message>
    <message>
        <source>On the way</source>
        <translation>在途</translation>
    </message>
    <message>
        <source>Ordered</source>
        <translation>已下单</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>已逾期</translation>
    </message>
    <message>
        <source>Own roles</source>
        <translation>自定义角色</translation>
    </message>
    <message>
        <source>Partly received</source>
        <translation>部分收货</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>生产</translation>
    </message>
    <message>
        <source>Promised in the next 7 days</source>
        <translation>7 天内交货</translation>
    </message>
    <message>
        <source>Ready to ship</source>
        <translation>待发货</translation>
    </message>
    <message>
        <source>Receipts</source>
        <translation>收货</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>已收货</translation>
    </message>
    <message>
        <source>Released</source>
        <translation>已下达</translation>
    </message>
    <message>
        <source>Removed rows</source>
        <translation>删除的记录</translation>
    </message>
    <message>
        <source>Reserved</source>
        <translation>已占用</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>已退回</translation>
    </message>
    <message>
        <source>Running low</source>
        <translation>库存不足</translation>
    </message>
    <message>
        <source>Setup</source>
        <translation>基础设置</translation>
    </message>
    <message>
        <source>Shipments</source>
        <translation>发货</translation>
    </message>
    <message>
        <source>Shipped in the last 7 days</source>
        <translation>最近 7 天发货</translation>
    </message>
    <message>
        <source>Single rights</source>
        <translation>单项权限</translation>
    </message>
    <message>
        <source>This month</source>
        <translation>本月</translation>
    </message>
    <message>
        <source>To allocate</source>
        <translation>待核销</translation>
    </message>
    <message>
        <source>To be received</source>
        <translation>待收货</translation>
    </message>
    <message>
        <source>To order</source>
        <translation>待采购</translation>
    </message>
    <message>
        <source>To pick</source>
        <translation>待拣</translation>
    </message>
    <message>
        <source>To release</source>
        <translation>待下达</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Unpaid</source>
        <translation>未收</translation>
    </message>
    <message>
        <source>Urgent</source>
        <translation>急需下单</translation>
    </message>
    <message>
        <source>Waiting for approval</source>
        <translation>待审批</translation>
    </message>
    <message>
        <source>Without supplier</source>
        <translation>无首选供应商</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Abnormal</source>
        <translation>异常</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>账号</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>Adjustment</source>
        <translation>调整</translation>
    </message>
    <message>
        <source>Administration</source>
        <translation>系统管理</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>管理员</translation>
    </message>
    <message>
        <source>Allocated</source>
        <translation>已核销</translation>
    </message>
    <message>
        <source>Allocation</source>
        <translation>核销</translation>
    </message>
    <message>
        <source>Approval</source>
        <translation>审批</translation>
    </message>
    <message>
        <source>Approval rule</source>
        <translation>审批规则</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>已批准</translation>
    </message>
    <message>
        <source>Asset</source>
        <translation>资产</translation>
    </message>
    <message>
        <source>Bank acceptance</source>
        <translation>银行承兑</translation>
    </message>
    <message>
        <source>Bank transfer</source>
        <translation>银行转账</translation>
    </message>
    <message>
        <source>Bill of material line</source>
        <translation>物料清单行</translation>
    </message>
    <message>
        <source>Bought</source>
        <translation>采购</translation>
    </message>
    <message>
        <source>Branch</source>
        <translation>分公司</translation>
    </message>
    <message>
        <source>Branch of a person</source>
        <translation>人员所属分公司</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Cash</source>
        <translation>现金</translation>
    </message>
    <message>
        <source>Cash received</source>
        <translation>现金收款</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>已关闭</translation>
    </message>
    <message>
        <source>Code asked for by e-mail</source>
        <translation>申请邮件代码</translation>
    </message>
    <message>
        <source>Company</source>
        <translation>公司</translation>
    </message>
    <message>
        <source>Completed</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>Credit</source>
        <translation>贷方</translation>
    </message>
    <message>
        <source>Credit limit</source>
        <translation>信用额度</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Dealer</source>
        <translation>经销商</translation>
    </message>
    <message>
        <source>Debit</source>
        <translation>借方</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>已送达</translation>
    </message>
    <message>
        <source>Delivery note</source>
        <translation>送货单</translation>
    </message>
    <message>
        <source>Delivery note line</source>
        <translation>送货单行</translation>
    </message>
    <message>
        <source>Departed</source>
        <translation>已发车</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>End of validity</source>
        <translation>有效期已到</translation>
    </message>
    <message>
        <source>Entered</source>
        <translation>已录入</translation>
    </message>
    <message>
        <source>Equity</source>
        <translation>权益</translation>
    </message>
    <message>
        <source>Expected day moved</source>
        <translation>调整到货日</translation>
    </message>
    <message>
        <source>Expense</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Exported</source>
        <translation>已导出</translation>
    </message>
    <message>
        <source>Finance</source>
        <translation>财务</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>已完工</translation>
    </message>
    <message>
        <source>Finished goods store</source>
        <translation>成品仓</translation>
    </message>
    <message>
        <source>Finished product</source>
        <translation>产成品</translation>
    </message>
    <message>
        <source>Goods receipt</source>
        <translation>收货单</translation>
    </message>
    <message>
        <source>Goods receipt line</source>
        <translation>收货单行</translation>
    </message>
    <message>
        <source>Hold released</source>
        <translation>解除挂起</translation>
    </message>
    <message>
        <source>Identity confirmed</source>
        <translation>身份确认</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Import of orders</source>
        <translation>订单导入</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>已导入</translation>
    </message>
    <message>
        <source>In production</source>
        <translation>生产中</translation>
    </message>
    <message>
        <source>In progress</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>In transit</source>
        <translation>运输中</translation>
    </message>
    <message>
        <source>Inactive</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>Inactive account</source>
        <translation>账号已停用</translation>
    </message>
    <message>
        <source>Income</source>
        <translation>收入</translation>
    </message>
    <message>
        <source>Incomplete data</source>
        <translation>资料不全</translation>
    </message>
    <message>
        <source>Invoice</source>
        <translation>发票</translation>
    </message>
    <message>
        <source>Invoice issued</source>
        <translation>开具发票</translation>
    </message>
    <message>
        <source>Invoice line</source>
        <translation>发票行</translation>
    </message>
    <message>
        <source>Issued</source>
        <translation>已开具</translation>
    </message>
    <message>
        <source>Job role</source>
        <translation>岗位</translation>
    </message>
    <message>
        <source>Journal entry</source>
        <translation>会计凭证</translation>
    </message>
    <message>
        <source>Ledger account</source>
        <translation>会计科目</translation>
    </message>
    <message>
        <source>Let in</source>
        <translation>准许登录</translation>
    </message>
    <message>
        <source>Liability</source>
        <translation>负债</translation>
    </message>
    <message>
        <source>List</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>已锁定</translation>
    </message>
    <message>
        <source>Logged in</source>
        <translation>已登录</translation>
    </message>
    <message>
        <source>Logged out</source>
        <translation>已退出</translation>
    </message>
    <message>
        <source>Login locked out</source>
        <translation>登录被锁定</translation>
    </message>
    <message>
        <source>Login refused</source>
        <translation>登录被拒</translation>
    </message>
    <message>
        <source>Login rules</source>
        <translation>登录规则</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>偏低</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>自制</translation>
    </message>
    <message>
        <source>Material used</source>
        <translation>生产领料</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Not stocked</source>
        <translation>不入库</translation>
    </message>
    <message>
        <source>Not used</source>
        <translation>无操作</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>挂起</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>未清</translation>
    </message>
    <message>
        <source>Opened again</source>
        <translation>重新打开</translation>
    </message>
    <message>
        <source>Opening stock</source>
        <translation>期初库存</translation>
    </message>
    <message>
        <source>Operation</source>
        <translation>工序</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>Order line</source>
        <translation>订单行</translation>
    </message>
    <message>
        <source>Ordered</source>
        <translation>已下单</translation>
    </message>
    <message>
        <source>Own role</source>
        <translation>自定义角色</translation>
    </message>
    <message>
        <source>Own roles</source>
        <translation>自定义角色</translation>
    </message>
    <message>
        <source>PDF file</source>
        <translation>PDF 文件</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>已收款</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>纸张</translation>
    </message>
    <message>
        <source>Partly paid</source>
        <translation>部分收款</translation>
    </message>
    <message>
        <source>Partly received</source>
        <translation>部分收货</translation>
    </message>
    <message>
        <source>Password changed</source>
        <translation>密码已变更</translation>
    </message>
    <message>
        <source>Payment</source>
        <translation>收款</translation>
    </message>
    <message>
        <source>Payment allocated</source>
        <translation>收款核销</translation>
    </message>
    <message>
        <source>Payment received</source>
        <translation>收款</translation>
    </message>
    <message>
        <source>Pending</source>
        <translation>待审批</translation>
    </message>
    <message>
        <source>Picked</source>
        <translation>已拣货</translation>
    </message>
    <message>
        <source>Picking</source>
        <translation>拣货中</translation>
    </message>
    <message>
        <source>Planned</source>
        <translation>已计划</translation>
    </message>
    <message>
        <source>Planned again</source>
        <translation>已重新计划</translation>
    </message>
    <message>
        <source>Platform payout</source>
        <translation>平台回款</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>单价</translation>
    </message>
    <message>
        <source>Price list</source>
        <translation>价目表</translation>
    </message>
    <message>
        <source>Printed</source>
        <translation>已打印</translation>
    </message>
    <message>
        <source>Private person</source>
        <translation>个人</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>产品</translation>
    </message>
    <message>
        <source>Product category</source>
        <translation>产品类别</translation>
    </message>
    <message>
        <source>Product finished</source>
        <translation>生产入库</translation>
    </message>
    <message>
        <source>Production</source>
        <translation>生产</translation>
    </message>
    <message>
        <source>Products</source>
        <translation>产品</translation>
    </message>
    <message>
        <source>Purchase order</source>
        <translation>采购单</translation>
    </message>
    <message>
        <source>Purchase order line</source>
        <translation>采购单行</translation>
    </message>
    <message>
        <source>Purchase request</source>
        <translation>采购申请</translation>
    </message>
    <message>
        <source>Purchasing</source>
        <translation>采购</translation>
    </message>
    <message>
        <source>Raw material</source>
        <translation>原材料</translation>
    </message>
    <message>
        <source>Raw material store</source>
        <translation>原料仓</translation>
    </message>
    <message>
        <source>Ready to ship</source>
        <translation>待发货</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>已收货</translation>
    </message>
    <message>
        <source>Recorded</source>
        <translation>已登记</translation>
    </message>
    <message>
        <source>Released</source>
        <translation>已下达</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>报表</translation>
    </message>
    <message>
        <source>Reservation</source>
        <translation>库存占用</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>退货</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>已退回</translation>
    </message>
    <message>
        <source>Returned for correction</source>
        <translation>退回修改</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Routing step</source>
        <translation>工艺工序</translation>
    </message>
    <message>
        <source>Sales</source>
        <translation>销售</translation>
    </message>
    <message>
        <source>Sales clerk</source>
        <translation>销售员</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>Seal differs</source>
        <translation>封印不符</translation>
    </message>
    <message>
        <source>Seal of the trail</source>
        <translation>记录封印</translation>
    </message>
    <message>
        <source>Semi-finished</source>
        <translation>半成品</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>已发送</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Session ended</source>
        <translation>登录结束</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>套装</translation>
    </message>
    <message>
        <source>Shipment</source>
        <translation>发货</translation>
    </message>
    <message>
        <source>Shipped</source>
        <translation>已发货</translation>
    </message>
    <message>
        <source>Shop store</source>
        <translation>门店仓</translation>
    </message>
    <message>
        <source>Short</source>
        <translation>缺货</translation>
    </message>
    <message>
        <source>Single right</source>
        <translation>单项权限</translation>
    </message>
    <message>
        <source>State changed</source>
        <translation>状态变更</translation>
    </message>
    <message>
        <source>Stock</source>
        <translation>库存</translation>
    </message>
    <message>
        <source>Stock adjustment</source>
        <translation>库存调整</translation>
    </message>
    <message>
        <source>Submitted</source>
        <translation>已提交</translation>
    </message>
    <message>
        <source>Supplier</source>
        <translation>供应商</translation>
    </message>
    <message>
        <source>Supplier's product</source>
        <translation>供应商产品</translation>
    </message>
    <message>
        <source>The person</source>
        <translation>本人</translation>
    </message>
    <message>
        <source>To allocate</source>
        <translation>待核销</translation>
    </message>
    <message>
        <source>Transfer</source>
        <translation>调拨</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Unlocked</source>
        <translation>已解锁</translation>
    </message>
    <message>
        <source>Void</source>
        <translation>已作废</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Warehouse</source>
        <translation>仓库</translation>
    </message>
    <message>
        <source>Warehouse of a person</source>
        <translation>人员所属仓库</translation>
    </message>
    <message>
        <source>Web shop</source>
        <translation>网店</translation>
    </message>
    <message>
        <source>Work centre</source>
        <translation>工作中心</translation>
    </message>
    <message>
        <source>Work centre of a person</source>
        <translation>人员所属工作中心</translation>
    </message>
    <message>
        <source>Work order</source>
        <translation>生产工单</translation>
    </message>
    <message>
        <source>Work order material</source>
        <translation>工单用料</translation>
    </message>
    <message>
        <source>Work reported</source>
        <translation>报工</translation>
    </message>
    <message>
        <source>Wrong code</source>
        <translation>验证码错误</translation>
    </message>
    <message>
        <source>Wrong name or password</source>
        <translation>用户名或密码错误</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>before today</source>
        <translation>今天以前</translation>
    </message>
    <message>
        <source>last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>last month</source>
        <translation>上月</translation>
    </message>
    <message>
        <source>next 7 days</source>
        <translation>未来 7 天</translation>
    </message>
    <message>
        <source>this month</source>
        <translation>本月</translation>
    </message>
    <message>
        <source>this week</source>
        <translation>本周</translation>
    </message>
    <message>
        <source>this year</source>
        <translation>今年</translation>
    </message>
    <message>
        <source>today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>昨天</translation>
    </message>
</context>
<context>
    <name>WorkOrderPage</name>
    <message>
        <source>&amp;Release</source>
        <translation>下达(&amp;R)</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Cancel &amp;work order</source>
        <translation>取消工单(&amp;W)</translation>
    </message>
    <message>
        <source>Cancel work order…</source>
        <translation>取消工单…</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Finish by</source>
        <translation>完工期限</translation>
    </message>
    <message>
        <source>For order</source>
        <translation>对应订单</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>可用量</translation>
    </message>
    <message>
        <source>In place of {number}</source>
        <translation>替代 {number}</translation>
    </message>
    <message>
        <source>Into warehouse</source>
        <translation>入库仓库</translation>
    </message>
    <message>
        <source>Made / scrap / total</source>
        <translation>完工 / 报废 / 总数</translation>
    </message>
    <message>
        <source>Material missing: {materials}</source>
        <translation>缺料：{materials}</translation>
    </message>
    <message>
        <source>Materials</source>
        <translation>用料</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>工时（分）</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>缺料</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Needed</source>
        <translation>需用量</translation>
    </message>
    <message>
        <source>On order: {incoming}, being made: {made}, in warehouse {warehouse}</source>
        <translation>在途 {incoming}，在制 {made}，仓库 {warehouse}</translation>
    </message>
    <message>
        <source>Operation</source>
        <translation>工序</translation>
    </message>
    <message>
        <source>Operations</source>
        <translation>工序</translation>
    </message>
    <message>
        <source>Plan &amp;again</source>
        <translation>重新计划(&amp;A)</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>产品</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Promised</source>
        <translation>承诺交期</translation>
    </message>
    <message>
        <source>Reserved</source>
        <translation>已占用</translation>
    </message>
    <message>
        <source>Scrap</source>
        <translation>报废</translation>
    </message>
    <message>
        <source>Start on</source>
        <translation>开工日期</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>序号</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>已领用</translation>
    </message>
    <message>
        <source>Why is this work order cancelled?</source>
        <translation>请填写取消这张工单的原因</translation>
    </message>
    <message>
        <source>Work centre</source>
        <translation>工作中心</translation>
    </message>
    <message>
        <source>Work order {number} is planned in its place.</source>
        <translation>已生成替代工单 {number}。</translation>
    </message>
    <message>
        <source>Work order {number} is released.</source>
        <translation>生产工单 {number} 已下达。</translation>
    </message>
</context>
<context>
    <name>WorkOrdersPage</name>
    <message>
        <source>&amp;Print…</source>
        <translation>打印(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;Release</source>
        <translation>下达(&amp;R)</translation>
    </message>
    <message>
        <source>Cancel &amp;work orders</source>
        <translation>取消工单(&amp;W)</translation>
    </message>
    <message>
        <source>Cancel work orders</source>
        <translation>取消生产工单</translation>
    </message>
    <message>
        <source>Cancel work order…</source>
        <translation>取消工单…</translation>
    </message>
    <message>
        <source>Cancelling work orders</source>
        <translation>正在取消生产工单</translation>
    </message>
    <message numerus="yes">
        <source>Done: %n work orders</source>
        <translation>
            <numerusform>已处理 %n 张生产工单</numerusform>
        </translation>
    </message>
    <message>
        <source>Number or product</source>
        <translation>单号或产品</translation>
    </message>
    <message>
        <source>Releasing work orders</source>
        <translation>正在下达生产工单</translation>
    </message>
    <message>
        <source>Select at most {count} work orders at a time.</source>
        <translation>请一次最多选择 {count} 张生产工单。</translation>
    </message>
    <message>
        <source>There are no work orders yet. A confirmed order makes them for what has to be made.</source>
        <translation>还没有生产工单。订单确认后，需要生产的产品会自动生成工单。</translation>
    </message>
    <message numerus="yes">
        <source>Why are %n work orders cancelled?</source>
        <translation>
            <numerusform>请填写取消这 %n 张工单的原因</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Banner</name>
    <message>
        <source>&amp;Try now</source>
        <translation>立即重试(&amp;T)</translation>
    </message>
    <message>
        <source>The server can't be reached. What you typed is kept; the program tries again by itself.</source>
        <translation>暂时连不上服务器。您输入的内容已保留，程序会自动重试。</translation>
    </message>
</context>
<context>
    <name>_Brand</name>
    <message>
        <source>From the order to the finished piece, for makers of furniture.</source>
        <translation>从接单到成品，专为家具制造企业打造。</translation>
    </message>
    <message>
        <source>Tenon</source>
        <translation>榫卯</translation>
    </message>
</context>
<context>
    <name>_DateCondition</name>
    <message>
        <source>&amp;From</source>
        <translation>从(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Period</source>
        <translation>期间(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;To</source>
        <translation>到(&amp;T)</translation>
    </message>
    <message>
        <source>from … to …</source>
        <translation>自定义区间</translation>
    </message>
</context>
<context>
    <name>_FlagCondition</name>
    <message>
        <source>&amp;No</source>
        <translation>否(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Yes</source>
        <translation>是(&amp;Y)</translation>
    </message>
</context>
<context>
    <name>_NumberCondition</name>
    <message>
        <source>&amp;From</source>
        <translation>从(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;To</source>
        <translation>到(&amp;T)</translation>
    </message>
</context>
<context>
    <name>_OperationDelegate</name>
    <message>
        <source>due {day}</source>
        <translation>{day} 前完工</translation>
    </message>
    <message>
        <source>to do</source>
        <translation>待做</translation>
    </message>
    <message>
        <source>waits for pieces</source>
        <translation>等待上道工序</translation>
    </message>
</context>
<context>
    <name>_Overview</name>
    <message>
        <source>&amp;End all others</source>
        <translation>结束其他所有登录(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Set up…</source>
        <translation>设置(&amp;S)…</translation>
    </message>
    <message>
        <source>A new one is due on {date}.</source>
        <translation>须在 {date} 前更换。</translation>
    </message>
    <message>
        <source>Another p&amp;hone…</source>
        <translation>更换手机(&amp;H)…</translation>
    </message>
    <message>
        <source>C&amp;lose</source>
        <translation>关闭(&amp;L)</translation>
    </message>
    <message>
        <source>Change &amp;password…</source>
        <translation>修改密码(&amp;P)…</translation>
    </message>
    <message>
        <source>Changed on {date}.</source>
        <translation>修改于 {date}。</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>New &amp;recovery codes…</source>
        <translation>重新生成恢复码(&amp;R)…</translation>
    </message>
    <message>
        <source>On since {date}.</source>
        <translation>自 {date} 起启用。</translation>
    </message>
    <message>
        <source>One-time codes</source>
        <translation>验证码</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Recovery codes left: {count}.</source>
        <translation>剩余恢复码：{count} 个。</translation>
    </message>
    <message>
        <source>Switch &amp;off…</source>
        <translation>停用(&amp;O)…</translation>
    </message>
    <message>
        <source>Where you are logged in</source>
        <translation>当前登录位置</translation>
    </message>
    <message>
        <source>You log in with your password only. With a code from your phone nobody else can use it.</source>
        <translation>您登录时只用密码。加上手机验证码后，他人即使知道密码也无法登录。</translation>
    </message>
    <message>
        <source>Your role needs them.</source>
        <translation>您的角色要求使用验证码。</translation>
    </message>
    <message>
        <source>{login} at {server}</source>
        <translation>{login} · {server}</translation>
    </message>
</context>
<context>
    <name>_Proof</name>
    <message>
        <source>&amp;Back</source>
        <translation>返回(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Code of the phone, or a recovery code</source>
        <translation>手机验证码或恢复码(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Go on</source>
        <translation>继续(&amp;G)</translation>
    </message>
    <message>
        <source>Confirm that it is you</source>
        <translation>确认您的身份</translation>
    </message>
    <message>
        <source>Enter the code.</source>
        <translation>请输入验证码。</translation>
    </message>
    <message>
        <source>Enter your password.</source>
        <translation>请输入密码。</translation>
    </message>
    <message>
        <source>Pass&amp;word</source>
        <translation>密码(&amp;W)</translation>
    </message>
    <message>
        <source>Who finds your desk unattended must not be able to change how you log in.</source>
        <translation>以免他人趁您离开座位时更改您的登录方式。</translation>
    </message>
</context>
<context>
    <name>_TextCondition</name>
    <message>
        <source>&amp;Contains</source>
        <translation>包含(&amp;C)</translation>
    </message>
</context>
<context>
    <name>_Texts</name>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>all that are confirmed and not yet delivered</source>
        <translation>已确认未送达的全部订单</translation>
    </message>
    <message>
        <source>all that reached the customer</source>
        <translation>已送达客户的</translation>
    </message>
    <message>
        <source>given directly</source>
        <translation>直接授予</translation>
    </message>
    <message>
        <source>none: no branch is set</source>
        <translation>无：未设置分公司</translation>
    </message>
    <message>
        <source>none: no warehouse is set</source>
        <translation>无：未设置仓库</translation>
    </message>
    <message>
        <source>none: no work centre is set</source>
        <translation>无：未设置工作中心</translation>
    </message>
    <message>
        <source>own ones</source>
        <translation>本人负责的</translation>
    </message>
    <message>
        <source>those of the orders in sight</source>
        <translation>可见订单的</translation>
    </message>
    <message>
        <source>those of {places}</source>
        <translation>{places}</translation>
    </message>
</context>
</TS>
