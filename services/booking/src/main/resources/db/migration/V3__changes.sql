-- Changes of bookings that are paid. What costs no more is done at once. What costs more waits for its supplement: until that
-- is paid the booking stays what it was, and what it needs beside its own seats is held for it.
create table booking_change (
    id                uuid        primary key,
    booking_id        uuid        not null references booking,
    state             text        not null check (state in ('PENDING', 'DONE', 'DROPPED')),
    from_departure_id uuid        not null,
    from_people       int         not null,
    from_amount       bigint      not null,
    departure_id      uuid        not null,
    people            int         not null check (people > 0),
    amount            bigint      not null check (amount > 0),
    held              int         not null check (held >= 0), -- seats of departure_id, beside the booking's own
    charge_no         int,                                    -- of the supplement; null where none is due
    charge_open       boolean     not null,                   -- nobody knows yet what became of that charge
    link              text,                                   -- where the traveller confirms the supplement at the bank
    expires_at        timestamptz,                            -- when it is dropped unless it is paid
    reason            text,                                   -- why it was dropped
    idempotency_key   text        not null,
    request_hash      bytea       not null,
    traceparent       text        not null,
    asked_at          timestamptz not null,
    check (state <> 'PENDING' or charge_no is not null and held > 0),
    unique (booking_id, idempotency_key),
    unique (booking_id, charge_no)
);
create unique index booking_change_one_pending on booking_change (booking_id) where state = 'PENDING';
create index booking_change_holding on booking_change (departure_id) where state = 'PENDING';
create index booking_change_expiring on booking_change (expires_at) where state = 'PENDING';
