package escale.booking;

/** Bookings, what is told of them, and what is ordered for them. */
final class BookingDesk implements AutoCloseable {
    final BookingService service = BookingService.start();
    final Told told = new Told(service);

    @Override
    public void close() {
        try (service) {
            told.close();
        }
    }
}
