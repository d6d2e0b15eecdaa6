-- Numbers of stock, production and purchasing that many take at once: they do not wait for each other.
call meta.make_series_fast('DN');
call meta.make_series_fast('ADJ');
call meta.make_series_fast('WO');
call meta.make_series_fast('PR');
call meta.make_series_fast('PO');
call meta.make_series_fast('GR');
