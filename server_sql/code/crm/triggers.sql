call audit.watch('crm.customers');
call meta.announce_changes('crm.customers', 'customer');
