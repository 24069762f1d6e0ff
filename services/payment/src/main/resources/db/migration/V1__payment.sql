-- The ledger: one row for each charge that booking orders.
create table payment (
    id               uuid        primary key,
    booking_id       uuid        not null,
    charge_no        int         not null check (charge_no >= 1),
    kind             text        not null check (kind in ('CHARGE', 'SUPPLEMENT')),
    amount           bigint      not null check (amount > 0 or state = 'CANCELLED'), -- 0: taken back before it came
    currency         text        not null,
    method           text        not null,
    user_id          text        not null,

    state            text        not null check (state in
        ('WAITING', 'ATTEMPTING', 'PAID', 'DECLINED', 'ACTION_REQUIRED', 'CANCELLED', 'FAILED', 'UNPROVEN')),
    cycle            int         not null default 1, -- a replay begins a new one
    attempt          int         not null default 0, -- spent, or under way, in this cycle
    -- What a try may rely on. The key number moves only once it is proven that nothing was charged under the one before.
    key_no           int         not null default 1,
    key_since        timestamptz,                    -- first use of the key; providers forget keys after 24 h
    doubt            text        not null default 'NONE' check (doubt in ('NONE', 'SAME_KEY', 'ANSWERED')),
    provider_id      text,

    fence            bigint      not null default 0, -- a worker's result counts only under the fence of its own claim
    lease_until      timestamptz,
    next_attempt_at  timestamptz,
    first_failure_at timestamptz,
    cause            text,
    cancel_reason    text,                           -- taken back: nothing is tried any more, money taken goes back
    outside_evidence text,                           -- why a person says that the money came another way
    version          int         not null default 0, -- of the events told about this payment
    traceparent      text        not null default '',
    request_id       text        not null default '',
    created_at       timestamptz not null default clock_timestamp(),
    updated_at       timestamptz not null default clock_timestamp()
) with (fillfactor = 70); -- every row is updated at least once, in place

create unique index payment_charge_no on payment (booking_id, charge_no);
-- One live charge per booking: a second one cannot start while the outcome of the first is open.
create unique index payment_one_live on payment (booking_id)
    where state in ('WAITING', 'ATTEMPTING', 'ACTION_REQUIRED', 'UNPROVEN');
-- What the reconciler looks for; empty while everything runs.
create index payment_unfinished on payment (coalesce(lease_until, next_attempt_at))
    where state in ('WAITING', 'ATTEMPTING', 'ACTION_REQUIRED', 'UNPROVEN');
create index payment_taken_back on payment (coalesce(lease_until, next_attempt_at))
    where cancel_reason is not null and state in ('WAITING', 'ATTEMPTING', 'ACTION_REQUIRED', 'UNPROVEN');

-- Each call that was made for a payment, for people who ask what happened.
create table attempt (
    payment_id   uuid        not null,
    cycle        int         not null,
    attempt      int         not null,
    fence        bigint      not null,
    outcome      text        not null,
    cause        text,
    provider_id  text,
    worker       text        not null,
    topic        text        not null,
    partition    int         not null,
    record       bigint      not null,
    finished_at  timestamptz not null default clock_timestamp(),
    primary key (payment_id, cycle, attempt, fence)
);

-- Money on its way back. One row per refund, tried until the provider takes it or refuses it for good.
create table refund (
    id              uuid        primary key,
    payment_id      uuid        not null references payment,
    amount          bigint      not null check (amount > 0),
    reason          text        not null,
    state           text        not null default 'WAITING' check (state in ('WAITING', 'REFUNDED', 'REFUSED')),
    attempts        int         not null default 0,
    key_no          int         not null default 1,  -- as with charges: moves only once nothing happened under the one before
    doubt           text        not null default 'NONE' check (doubt in ('NONE', 'SAME_KEY', 'ANSWERED')),
    next_attempt_at timestamptz not null default clock_timestamp(), -- also the lease of the worker that is at it
    provider_id     text,
    cause           text,
    created_at      timestamptz not null default clock_timestamp(),
    updated_at      timestamptz not null default clock_timestamp()
);
create index refund_of_payment on refund (payment_id);
create index refund_due on refund (next_attempt_at) where state = 'WAITING';

-- Events of the provider whose effect is done; a repetition has none.
create table webhook_event (
    id         text        primary key,
    payment_id uuid        not null,
    heard_at   timestamptz not null default clock_timestamp()
);
create index webhook_event_by_age on webhook_event (heard_at);

create table dead_letter (
    id              uuid        primary key,
    payment_id      uuid,
    refund_id       uuid,                            -- the refund that was refused; null where a charge came to nothing
    booking_id      uuid,
    charge_no       int,
    cycle           int,
    record_key      text,
    original_topic     text     not null,
    original_partition int      not null,
    original_offset    bigint   not null,
    type            text        not null,
    cause           text        not null,
    attempts        int         not null,
    first_failure_at timestamptz,
    last_failure_at timestamptz not null,
    payload         bytea,
    headers         text        not null,
    state           text        not null default 'OPEN' check (state in ('OPEN', 'REPLAYING', 'SETTLED', 'DISCARDED')),
    owner           text,                            -- who looks after it
    version         int         not null default 1,
    created_at      timestamptz not null default clock_timestamp(),
    updated_at      timestamptz not null default clock_timestamp()
);
create unique index dead_letter_of_payment on dead_letter (payment_id, charge_no, cycle)
    where payment_id is not null and refund_id is null;
create unique index dead_letter_of_refund on dead_letter (refund_id) where refund_id is not null;
create unique index dead_letter_of_record on dead_letter (original_topic, original_partition, original_offset)
    where payment_id is null;
create index dead_letter_by_age on dead_letter (state, created_at desc, id desc);

-- Append-only: who did what to a dead letter.
create table dead_letter_action (
    id             bigint      primary key generated always as identity,
    dead_letter_id uuid        not null references dead_letter,
    actor          text        not null,
    action         text        not null,
    detail         text        not null default '',
    at             timestamptz not null default clock_timestamp()
);
create index dead_letter_action_of on dead_letter_action (dead_letter_id, id);

-- How each worker's breaker stands; a row that is not renewed belongs to a worker that is gone.
create table worker_breaker (
    instance   text        primary key,
    closed     boolean     not null,
    changed_at timestamptz not null,
    seen_at    timestamptz not null
);

-- An outage of the provider, as all workers together see it.
create table outage (
    id        uuid        primary key,
    cause     text        not null,
    opened_at timestamptz not null default clock_timestamp(),
    closed_at timestamptz
);
create unique index outage_one_open on outage ((true)) where closed_at is null;
