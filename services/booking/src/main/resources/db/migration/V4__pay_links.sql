-- The links that operators had sent, beside those that a reservation and a declined card bring about. Append-only.
create table pay_link (
    id              uuid        primary key,
    booking_id      uuid        not null references booking,
    charge_no       int         not null, -- the charge that it orders
    expires_at      timestamptz not null,
    operator        text        not null, -- who had it sent
    idempotency_key text        not null,
    sent_at         timestamptz not null,
    unique (booking_id, idempotency_key)
);
