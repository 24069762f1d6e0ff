-- What can be booked: a copy of catalog's tours, and the seats, which are booking's own.
create table departure (
    id           uuid        primary key,
    tour_id      uuid        not null,
    tour_version int         not null, -- of the publication this row comes from
    tour_title   text        not null,
    starts_at    timestamptz not null,
    zone         text        not null,
    currency     text        not null,
    price        bigint      not null check (price > 0), -- of one seat, in minor units
    capacity     int         not null check (capacity >= 0),
    seats_left   int         not null check (seats_left between 0 and capacity),
    open         boolean     not null default true       -- false: withdrawn; who has booked still travels
) with (
    -- A hot departure is written once per batch: room for its versions in the page, and a vacuum that keeps up with few rows.
    fillfactor = 30,
    autovacuum_vacuum_scale_factor = 0,
    autovacuum_vacuum_threshold = 2000,
    autovacuum_vacuum_cost_delay = 0
);
create index departure_of_tour on departure (tour_id);
create index departure_by_start on departure (starts_at);

-- Kept as long as the business wants its books. Ids are UUIDs of version 7, so their order is that of booking.
-- No foreign key to departure: every insert happens under its departure's lock, and a check per row would cost more than the row.
create table booking (
    id              uuid        primary key,
    user_id         text        not null,
    departure_id    uuid        not null,
    people          int         not null check (people > 0),
    amount          bigint      not null check (amount > 0),
    currency        text        not null,
    status          text        not null check (status in
        ('PENDING_PAYMENT', 'RESERVED_PENDING_PAYMENT', 'ACTION_REQUIRED', 'PAYMENT_FAILED', 'CONFIRMED', 'CANCELLED',
         'EXPIRED', 'REFUND_PENDING', 'REFUNDED')),
    payment_method  text        not null check (payment_method in ('CARD', 'DEFERRED')),
    charge_no       int         not null, -- the latest charge ordered, 0 before the first
    payment_id      uuid,                 -- of that charge
    attempts        int         not null default 0,
    requires_manual_intervention boolean not null default false,
    reason          text,
    link            text,                 -- where the traveller confirms the payment at the bank
    locale          text,
    expires_at      timestamptz,          -- when the seats are released unless somebody acts
    idempotency_key text        not null,
    request_hash    bytea       not null,
    traceparent     text        not null,
    version         int         not null, -- of the last event told about it
    created_at      timestamptz not null,
    updated_at      timestamptz not null
) with (
    -- Nearly every row is updated once, soon, and in place: no index below holds what a confirmation changes, and there is
    -- room for a second version of most rows in the page. At 75, under load, 28 % did not find room.
    fillfactor = 60,
    autovacuum_vacuum_scale_factor = 0.05,
    autovacuum_vacuum_insert_scale_factor = 0.1,
    autovacuum_analyze_scale_factor = 0.05
);
-- The same key never makes two bookings, on whatever lane or instance its requests arrive.
create unique index booking_key on booking (user_id, idempotency_key);
create index booking_of_user on booking (user_id, id);
create index booking_of_departure on booking (departure_id, user_id);
create index booking_expiring on booking (expires_at) where expires_at is not null;

-- What happened, for people. Append-only; old rows are deleted by the age that their booking's id tells.
create table timeline (
    booking_id      uuid        not null,
    event           text        not null, -- names the event, so that hearing it again adds nothing
    at              timestamptz not null,
    type            text        not null,
    status          text,
    charge_no       int,
    attempt         int,
    cycle           int,
    cause           text,
    next_attempt_at timestamptz,
    worker          text,
    topic           text,
    partition       int,
    record          bigint,
    trace_id        text,
    primary key (booking_id, event)
) with (autovacuum_vacuum_insert_scale_factor = 0.1);
