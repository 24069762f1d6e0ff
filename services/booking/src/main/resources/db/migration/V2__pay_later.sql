-- The charges that travellers ordered after the booking: by pay link, or with another card. A key is used once per booking,
-- and each charge was ordered under one key.
create table charge_order (
    booking_id      uuid        not null references booking,
    idempotency_key text        not null,
    request_hash    bytea       not null,
    charge_no       int         not null,
    ordered_at      timestamptz not null,
    primary key (booking_id, idempotency_key),
    unique (booking_id, charge_no)
);
