-- What is recorded, announced and never changed.
call meta.make_append_only('production.work_reports');
call audit.watch('production.bom_lines');
call audit.watch('production.routing_steps');
call audit.watch('production.work_orders');
call audit.watch('production.work_order_materials');
call audit.watch('production.operations');
call meta.announce_changes('production.work_orders', 'work_order');
call meta.announce_changes('production.work_order_materials', 'work_order', 'work_order_id');
call meta.announce_changes('production.operations', 'operation');
