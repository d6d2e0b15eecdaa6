<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AccountDialog</name>
    <message numerus="yes">
        <source>%n sessions ended.</source>
        <translation>
            <numerusform>%n session ended.</numerusform>
            <numerusform>%n sessions ended.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ApprovalsPage</name>
    <message numerus="yes">
        <source>%n orders approved</source>
        <translation>
            <numerusform>%n order approved</numerusform>
            <numerusform>%n orders approved</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n orders returned</source>
        <translation>
            <numerusform>%n order returned</numerusform>
            <numerusform>%n orders returned</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DifferencePanel</name>
    <message numerus="yes">
        <source>%n of them lose something, at once.</source>
        <translation>
            <numerusform>%n of them loses something, at once.</numerusform>
            <numerusform>%n of them lose something, at once.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The rights of %n people change.</source>
        <translation>
            <numerusform>The rights of %n person change.</numerusform>
            <numerusform>The rights of %n people change.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportHistory</name>
    <message numerus="yes">
        <source>%n orders were taken back.</source>
        <translation>
            <numerusform>%n order was taken back.</numerusform>
            <numerusform>%n orders were taken back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take back “{file}”? Its %n orders are deleted.</source>
        <translation>
            <numerusform>Take back “{file}”? Its %n order is deleted.</numerusform>
            <numerusform>Take back “{file}”? Its %n orders are deleted.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportPanel</name>
    <message numerus="yes">
        <source>%n orders were imported as drafts.</source>
        <translation>
            <numerusform>%n order was imported as a draft.</numerusform>
            <numerusform>%n orders were imported as drafts.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rows</source>
        <translation>
            <numerusform>%n row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Import %n orders</source>
        <translation>
            <numerusform>&amp;Import %n order</numerusform>
            <numerusform>&amp;Import %n orders</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportReport</name>
    <message numerus="yes">
        <source>%n errors</source>
        <translation>
            <numerusform>%n error</numerusform>
            <numerusform>%n errors</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lines</source>
        <translation>
            <numerusform>%n line</numerusform>
            <numerusform>%n lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n orders</source>
        <translation>
            <numerusform>%n order</numerusform>
            <numerusform>%n orders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n warnings</source>
        <translation>
            <numerusform>%n warning</numerusform>
            <numerusform>%n warnings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InvoicePage</name>
    <message numerus="yes">
        <source>%n days overdue</source>
        <translation>
            <numerusform>%n day overdue</numerusform>
            <numerusform>%n days overdue</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InvoicesPage</name>
    <message numerus="yes">
        <source>%n invoices issued</source>
        <translation>
            <numerusform>%n invoice issued</numerusform>
            <numerusform>%n invoices issued</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ListPage</name>
    <message numerus="yes">
        <source>%n rows copied</source>
        <translation>
            <numerusform>%n row copied</numerusform>
            <numerusform>%n rows copied</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n selected</numerusform>
            <numerusform>%n selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OrderPage</name>
    <message numerus="yes">
        <source>%n lines</source>
        <translation>
            <numerusform>%n line</numerusform>
            <numerusform>%n lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OrdersPage</name>
    <message numerus="yes">
        <source>%n orders submitted</source>
        <translation>
            <numerusform>%n order submitted</numerusform>
            <numerusform>%n orders submitted</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PrintPreview</name>
    <message numerus="yes">
        <source>%n characters cannot be printed and appear as {mark}: {characters}</source>
        <translation>
            <numerusform>%n character cannot be printed and appears as {mark}: {characters}</numerusform>
            <numerusform>%n characters cannot be printed and appear as {mark}: {characters}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PurchaseOrdersPage</name>
    <message numerus="yes">
        <source>Sent: %n purchase orders</source>
        <translation>
            <numerusform>Sent: %n purchase order</numerusform>
            <numerusform>Sent: %n purchase orders</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReadyPage</name>
    <message numerus="yes">
        <source>%n delivery notes are made.</source>
        <translation>
            <numerusform>%n delivery note is made.</numerusform>
            <numerusform>%n delivery notes are made.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReceivingPage</name>
    <message numerus="yes">
        <source>%n lines stay open</source>
        <translation>
            <numerusform>%n line stays open</numerusform>
            <numerusform>%n lines stay open</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RequestsPage</name>
    <message numerus="yes">
        <source>Cancelled: %n requests</source>
        <translation>
            <numerusform>Cancelled: %n request</numerusform>
            <numerusform>Cancelled: %n requests</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Why are %n requests cancelled?</source>
        <translation>
            <numerusform>Why is %n request cancelled?</numerusform>
            <numerusform>Why are %n requests cancelled?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RightsPanel</name>
    <message numerus="yes">
        <source>%n rights</source>
        <translation>
            <numerusform>%n right</numerusform>
            <numerusform>%n rights</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n screens</source>
        <translation>
            <numerusform>%n screen</numerusform>
            <numerusform>%n screens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RoleDialog</name>
    <message numerus="yes">
        <source>%n people have this role. Tick or clear rights to see what that does to them.</source>
        <translation>
            <numerusform>%n person has this role. Tick or clear rights to see what that does.</numerusform>
            <numerusform>%n people have this role. Tick or clear rights to see what that does to them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ServersDialog</name>
    <message numerus="yes">
        <source>%n servers were taken over from the file. Save to keep them.</source>
        <translation>
            <numerusform>%n server was taken over from the file. Save to keep it.</numerusform>
            <numerusform>%n servers were taken over from the file. Save to keep them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ToInvoicePage</name>
    <message numerus="yes">
        <source>%n invoices drafted</source>
        <translation>
            <numerusform>%n invoice drafted</numerusform>
            <numerusform>%n invoices drafted</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WorkOrdersPage</name>
    <message numerus="yes">
        <source>Done: %n work orders</source>
        <translation>
            <numerusform>Done: %n work order</numerusform>
            <numerusform>Done: %n work orders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Why are %n work orders cancelled?</source>
        <translation>
            <numerusform>Why is %n work order cancelled?</numerusform>
            <numerusform>Why are %n work orders cancelled?</numerusform>
        </translation>
    </message>
</context>
</TS>
