package escale.booking;

/** Bookings, what is told of them, and what is ordered for them. One owner, for what is told is looked at again before the end. */
class BookingDesk implements AutoCloseable {
    final BookingService service;
    final Told told;

    BookingDesk() {
        this(BookingService.start());
    }

    BookingDesk(BookingService service) {
        this.service = service;
        this.told = new Told(service);
    }

    @Override
    public void close() {
        try (service) {
            told.close();
        }
    }
}
