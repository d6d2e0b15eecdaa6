-- Changes of accounts are recorded and announced; attempts to log in are never changed.
call audit.watch('auth.roles');
call audit.watch('auth.users');
call audit.watch('auth.user_branches');
call audit.watch('auth.user_warehouses');
call audit.watch('auth.user_work_centres');
call meta.announce_changes('auth.roles', 'role');
call meta.announce_changes('auth.users', 'user');
call meta.make_append_only('auth.attempts');
