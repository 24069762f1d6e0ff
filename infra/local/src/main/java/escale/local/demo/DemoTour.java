package escale.local.demo;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A tour to try things out with. Its ids can be told apart and typed: that of tour 3 ends in {@code 003}, that of its
 * second departure in {@code 302}.
 *
 * @param zone IANA name of the place's time zone
 */
public record DemoTour(
        int number, String title, String description, String city, String country, String zone, List<Offer> offers) {

    /**
     * A departure.
     *
     * @param hour at half past which it starts, where the tour is
     */
    record Offer(int daysAhead, int hour, int seats, int priceMinor) {}

    public static final DemoTour MONTMARTRE = new DemoTour(
            1,
            "Montmartre à la tombée du jour",
            "Deux heures de ruelles, de vignes et d'ateliers, jusqu'au panorama du Sacré-Cœur.",
            "Paris",
            "FR",
            "Europe/Paris",
            List.of(new Offer(12, 18, 24, 45_00), new Offer(13, 18, 24, 52_00), new Offer(19, 18, 24, 45_00)));

    private static final DemoTour TRABOULES = new DemoTour(
            2,
            "Les traboules du Vieux-Lyon",
            "Cours, galeries et passages que l'on ne trouve pas sans guide.",
            "Lyon",
            "FR",
            "Europe/Paris",
            List.of(new Offer(9, 10, 16, 29_00), new Offer(16, 10, 16, 29_00)));

    /** For many who want the same few seats. */
    private static final DemoTour CATACOMBS = new DemoTour(
            3,
            "The Catacombs by lamplight",
            "One evening, fifty seats, and everybody wants one.",
            "Paris",
            "FR",
            "Europe/Paris",
            List.of(new Offer(21, 20, 50, 35_00)));

    /** For load: it never sells out. */
    public static final DemoTour SEINE = new DemoTour(
            4,
            "A day on the Seine",
            "Hop on and off all day; there is always room.",
            "Paris",
            "FR",
            "Europe/Paris",
            List.of(new Offer(30, 9, 1_000_000, 15_00)));

    private static final DemoTour MUSEUM_ISLAND = new DemoTour(
            5,
            "Museum Island before opening hours",
            "Alone with Nefertiti, before the doors open.",
            "Berlin",
            "DE",
            "Europe/Berlin",
            List.of(new Offer(14, 8, 12, 39_00), new Offer(28, 8, 12, 39_00)));

    static final List<DemoTour> ALL = List.of(MONTMARTRE, TRABOULES, CATACOMBS, SEINE, MUSEUM_ISLAND);

    /** Raise it with each change above: copies ignore what is not newer than what they know. */
    private static final int REVISION = 1;

    public String tourId() {
        return id(number);
    }

    /** The n-th departure, from 1. */
    public String departureId(int departure) {
        return id(number * 100 + departure);
    }

    private static String id(int last) {
        return "e5ca1e00-0000-7000-8000-%012d".formatted(last);
    }

    /** The tour as an event tells it, with departures counted from that day; the same day gives the same event. */
    Map<String, Object> published(LocalDate firstDay) {
        var departures = new ArrayList<Map<String, Object>>();
        for (var offer : offers) {
            var departure = new LinkedHashMap<String, Object>();
            departure.put("departureId", departureId(departures.size() + 1));
            departure.put("startsAt", start(firstDay, offer));
            departure.put("capacity", offer.seats());
            departure.put("pricePerPerson", offer.priceMinor());
            departures.add(departure);
        }
        var event = new LinkedHashMap<String, Object>();
        event.put("tourId", tourId());
        event.put("version", firstDay.toEpochDay() * 100 + REVISION);
        event.put("title", title);
        event.put("description", description);
        event.put("city", city);
        event.put("country", country);
        event.put("timezone", zone);
        event.put("currency", "EUR");
        event.put("operatorId", "escale-tours");
        event.put("departures", departures);
        return event;
    }

    private String start(LocalDate firstDay, Offer offer) {
        return firstDay.plusDays(offer.daysAhead())
                .atTime(LocalTime.of(offer.hour(), 30))
                .atZone(ZoneId.of(zone))
                .toInstant()
                .toString();
    }
}
