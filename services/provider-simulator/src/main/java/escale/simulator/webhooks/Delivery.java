package escale.simulator.webhooks;

import escale.simulator.books.Event;

/** One event on its way to one endpoint. */
record Delivery(Event event, Endpoint endpoint, int attempt) {

    Delivery again() {
        return new Delivery(event, endpoint, attempt + 1);
    }
}
