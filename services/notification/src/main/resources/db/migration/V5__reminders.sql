-- Who travels when, as booking last told: what a reminder says. One that was given up stays for a while, so that an older
-- event that is read again does not bring it back.
create table journey (
    booking_id uuid        primary key,
    version    int         not null, -- of the booking
    travels    boolean     not null, -- false once it was cancelled
    user_id    text        not null,
    language   text        check (language in ('FR', 'EN')),
    tour_title text        not null,
    starts_at  timestamptz not null,
    timezone   text        not null,
    people     int         not null,
    amount     bigint      not null,
    currency   text        not null,
    reminded   boolean     not null default false
);
create index journey_to_remind on journey (starts_at) where travels and not reminded;
create index journey_by_start on journey (starts_at);

-- The hours whose call to remind has been published, by whichever instance was first.
create table hourly_call (
    hour timestamptz primary key
);
