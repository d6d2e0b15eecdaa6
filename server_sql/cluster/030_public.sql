-- What PostgreSQL leaves to everybody and nobody here needs: large objects, with which the gate's role could fill the disk.
revoke execute on function lo_creat(integer), lo_create(oid), lo_from_bytea(oid, bytea) from public;
