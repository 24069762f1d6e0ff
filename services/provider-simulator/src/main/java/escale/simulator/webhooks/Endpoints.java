package escale.simulator.webhooks;

import escale.simulator.books.Event;
import java.util.List;

/** The endpoints that are registered now. */
public final class Endpoints {

    private volatile List<Endpoint> registered;

    public Endpoints(List<Endpoint> registered) {
        this.registered = List.copyOf(registered);
    }

    public boolean any() {
        return !registered.isEmpty();
    }

    public List<Endpoint> registered() {
        return registered;
    }

    public void register(List<Endpoint> changed) {
        registered = List.copyOf(changed);
    }

    List<Delivery> deliveries(Event event) {
        return registered.stream()
                .filter(endpoint -> endpoint.wants(event.type()))
                .map(endpoint -> new Delivery(event, endpoint, 1))
                .toList();
    }
}
