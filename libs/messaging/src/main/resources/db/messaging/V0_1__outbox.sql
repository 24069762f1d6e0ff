-- What is decided but not yet told. Written in the transaction of the decision, deleted in the transaction that waited for
-- the broker's acknowledgement. Empty at rest.
create table outbox (
    id         bigint      primary key generated always as identity,
    topic      text        not null,
    key        text        not null,
    type       text        not null,
    payload    bytea,
    headers    text        not null,
    created_at timestamptz not null default clock_timestamp()
) with (
    -- every row dies young: vacuum by count of the dead, not by share of a table that is nearly empty
    autovacuum_vacuum_scale_factor = 0,
    autovacuum_vacuum_threshold = 5000,
    autovacuum_vacuum_cost_delay = 0,
    fillfactor = 100
);
