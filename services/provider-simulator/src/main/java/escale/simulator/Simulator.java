package escale.simulator;

import escale.simulator.api.CallLog;
import escale.simulator.api.ProviderApi;
import escale.simulator.api.Traffic;
import escale.simulator.books.Books;
import escale.simulator.control.ControlApi;
import escale.simulator.control.Figures;
import escale.simulator.faults.FaultSwitch;
import escale.simulator.faults.Faults;
import escale.simulator.http.HttpPort;
import escale.simulator.webhooks.Endpoints;
import escale.simulator.webhooks.Sender;
import escale.simulator.webhooks.WebhookLog;
import escale.simulator.webhooks.Webhooks;
import escale.simulator.wire.ResourceJson;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;

/** All parts of one running provider, put together. */
final class Simulator implements AutoCloseable {

    private final Settings settings;
    private final Books books;
    private final CallLog calls;
    private final WebhookLog deliveries;
    private final Sender sender;
    private final ReturnRefunds bank;
    private final HttpPort provider;
    private final HttpPort control;

    private Simulator(Settings settings, Clock clock) throws IOException {
        this.settings = settings;
        var faults = new FaultSwitch(Faults.healthy(settings.latencyMs(), settings.searchLagMs(), settings.seed()));
        var endpoints = new Endpoints(settings.endpoints());
        var json = new ResourceJson(this::publicUrl);
        books = new Books(settings.ledger(), clock, endpoints::any);
        calls = new CallLog(settings.ledger().resolveSibling("calls.jsonl"));
        deliveries = new WebhookLog(settings.ledger().resolveSibling("webhooks.jsonl"));
        sender = new Sender(faults, json, deliveries, settings.webhookSecret(), settings.webhookPause(), clock);
        bank = new ReturnRefunds(books, settings.refundReturn());
        var webhooks = new Webhooks(books, faults, endpoints, sender);
        books.whenDurable(webhooks::announce);
        books.whenDurable(bank::announce);
        webhooks.resume(deliveries);
        bank.resume();

        var traffic = new Traffic();
        provider = new HttpPort(
                "provider", settings.port(), new ProviderApi(books, faults, traffic, calls, json, sender::pending));
        var figures = new Figures(books, traffic, sender);
        control = new HttpPort(
                "control",
                settings.controlPort(),
                new ControlApi(books, faults, provider, endpoints, webhooks, figures, this::reset));
    }

    static Simulator start(Settings settings, Clock clock) throws IOException {
        var simulator = new Simulator(settings, clock);
        try {
            simulator.provider.open();
            simulator.control.open();
        } catch (RuntimeException e) {
            simulator.close();
            throw e;
        }
        return simulator;
    }

    private URI publicUrl() {
        return settings.publicUrl() == null ? URI.create("http://localhost:" + port()) : settings.publicUrl();
    }

    int port() {
        return provider.number();
    }

    int controlPort() {
        return control.number();
    }

    long lines() {
        return books.position();
    }

    private boolean reset() throws IOException {
        if (settings.allowReset()) {
            books.reset();
            sender.forget();
            calls.clear();
            deliveries.clear();
        }
        return settings.allowReset();
    }

    @Override
    public void close() throws IOException {
        control.close();
        provider.close();
        sender.close();
        bank.close();
        books.close();
        calls.close();
        deliveries.close();
    }
}
