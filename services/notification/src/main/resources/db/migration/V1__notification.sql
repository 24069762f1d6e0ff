-- Travellers as mails address them, copied from the topic users. The only place here with personal data.
create table traveller (
    user_id    text        primary key,
    version    bigint      not null,
    email      text,                            -- null once erased
    name       text,
    language   text        check (language in ('FR', 'EN')),
    updated_at timestamptz not null default clock_timestamp()
);

-- Tours and their departures, copied from the topic tours: what a mail says that no event asks for.
create table tour (
    tour_id  uuid   primary key,
    version  bigint not null,
    title    text   not null,
    timezone text   not null
);
create table departure (
    departure_id uuid        primary key,
    tour_id      uuid        not null references tour on delete cascade,
    starts_at    timestamptz not null
);
create index departure_of_tour on departure (tour_id);

-- One row per mail, written before it is sent. It holds no address: that is looked up when the mail leaves.
create table mail (
    id               uuid        primary key,
    booking_id       uuid        not null,
    kind             text        not null,
    charge_no        int         not null check (charge_no >= 0),
    refund_id        uuid,                            -- one charge may be refunded in parts
    user_id          text        not null,
    language         text        check (language in ('FR', 'EN')), -- null: that of the traveller
    tour_title       text        not null,
    starts_at        timestamptz not null,
    timezone         text        not null,
    people           int         not null,
    amount           bigint      not null,
    currency         text        not null,
    refund_amount    bigint,
    link             text,
    expires_at       timestamptz,

    state            text        not null default 'WAITING' check (state in ('WAITING', 'SENT', 'FAILED')),
    waits_for        text,                            -- what keeps it, if it is not its turn or its back-off
    cause            text,                            -- of the latest failure
    attempts         int         not null default 0,
    doubts           int         not null default 0,  -- how often it may have left without our knowing: at most so many duplicates
    fence            bigint      not null default 0,  -- a sender's result counts only under the fence of its own claim
    due_at           timestamptz not null default clock_timestamp(), -- not before: the end of a back-off, or of a lease
    window_since     timestamptz,                     -- set while it is handed to the mail server
    first_failure_at timestamptz,

    asked_by         text,                            -- which service asked by HTTP, under which key, for what
    ask_key          text,
    ask_hash         bytea,
    traceparent      text        not null default '',
    request_id       text        not null default '',
    created_at       timestamptz not null default clock_timestamp(),
    sent_at          timestamptz
) with (fillfactor = 70); -- every row is updated a few times, in place

-- The promise of this service: nothing is told twice.
create unique index mail_once on mail (booking_id, kind, charge_no, refund_id) nulls not distinct;
create unique index mail_asked on mail (asked_by, ask_key) where ask_key is not null;
create index mail_due on mail (due_at) where state = 'WAITING';
create index mail_of_traveller on mail (user_id) where state = 'WAITING';
create index mail_by_age on mail (created_at desc, id desc);
create index mail_by_state on mail (state, created_at desc, id desc);

-- Append-only: what became of each try.
create table mail_log (
    id      bigint      primary key generated always as identity,
    mail_id uuid        not null references mail on delete cascade,
    outcome text        not null check (outcome in ('SENT', 'REFUSED', 'DEFERRED', 'DOUBTFUL', 'HELD')),
    cause   text,
    worker  text        not null,
    at      timestamptz not null default clock_timestamp()
);
create index mail_log_of_mail on mail_log (mail_id);

-- One row per alert, written before it is sent.
create table alert (
    id               bigint      primary key generated always as identity,
    thread           text        not null,            -- what it belongs to: a payment's cycle, an outage
    level            text        not null check (level in ('CRITICAL', 'ERROR', 'RESOLVED')),
    summary          text        not null,
    details          text        not null,
    state            text        not null default 'WAITING' check (state in ('WAITING', 'SENT', 'FAILED')),
    cause            text,
    attempts         int         not null default 0,
    fence            bigint      not null default 0,
    due_at           timestamptz not null default clock_timestamp(),
    first_failure_at timestamptz,
    created_at       timestamptz not null default clock_timestamp(),
    sent_at          timestamptz
);
create unique index alert_once on alert (thread, level);
create index alert_due on alert (due_at) where state = 'WAITING';
