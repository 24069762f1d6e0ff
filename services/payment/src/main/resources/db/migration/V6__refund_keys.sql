-- As with charges: what may have been asked for is written down before it is.
alter table refund
    add column key_since timestamptz, -- first request under the key; null: none was made
    add column key_until timestamptz; -- the last one

update refund
set key_since = created_at, key_until = updated_at, doubt = case doubt when 'NONE' then 'SAME_KEY' else doubt end
where state = 'WAITING' and attempts > 0;
