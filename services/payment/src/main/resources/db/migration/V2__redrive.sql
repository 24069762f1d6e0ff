-- Many dead letters tried again, in growing batches. The row is all there is: whichever instance finds it due takes the
-- next step, in one transaction.
create table redrive (
    id               uuid        primary key,
    operator         text        not null,
    idempotency_key  text        not null,
    request_hash     bytea       not null,
    note             text        not null,
    wanted           text        not null,           -- the filter, as it was asked for
    rate             int         not null check (rate between 1 and 1000), -- replays per second, at most
    stop_at          int         not null check (stop_at between 0 and 100), -- percent of a batch that may fail
    letters          int         not null,           -- chosen when it was started; none is added later
    state            text        not null default 'RUNNING' check (state in ('RUNNING', 'DONE', 'STOPPED', 'CANCELLED')),
    why              text,                           -- why it stopped, or who cancelled it
    batch            int         not null default 0,
    batch_size       int         not null default 0,
    batch_at         timestamptz not null default clock_timestamp(),
    unheard          int         not null default 0, -- replayed, and nobody knows yet what came of it
    next_step_at     timestamptz not null default clock_timestamp(),
    stepped_by       text,                           -- the instance that took the last step
    traceparent      text        not null,
    request_id       text        not null,
    started_at       timestamptz not null default clock_timestamp(),
    ended_at         timestamptz
);
create unique index redrive_of_key on redrive (operator, idempotency_key);
-- Two at once would each keep to its rate, and together to none.
create unique index redrive_one_running on redrive ((true)) where state = 'RUNNING';
create index redrive_due on redrive (next_step_at) where state = 'RUNNING' or unheard > 0;
create index redrive_by_age on redrive (started_at desc, id desc);

create table redrive_letter (
    redrive_id     uuid        not null references redrive,
    position       int         not null,             -- oldest first
    dead_letter_id uuid        not null references dead_letter,
    seen           int         not null,             -- its version when the redrive was started: who acts on it meanwhile was first
    batch          int,                              -- null: still to come
    cycle          int,                              -- of the payment, that this replay began; null where it was no charge
    outcome        text        check (outcome in
        ('PAID', 'DECLINED', 'ACTION_REQUIRED', 'CANCELLED', 'REFUNDED', 'PUT_BACK', 'FAILED', 'SKIPPED')),
    cause          text,
    replayed_at    timestamptz,
    primary key (redrive_id, position)
);
create index redrive_letter_unheard on redrive_letter (redrive_id) where batch is not null and outcome is null;

-- Whether a record that was put back has become a case again.
create index dead_letter_of_key on dead_letter (record_key) where payment_id is null;
