package escale.notification.letter;

import escale.notification.Language;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Currency;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Money and times as a language writes them. What it does not know it shows plainly: a mail is not lost over a currency. */
final class Formats {
    private final Language language;
    private final DateTimeFormatter dateAndTime;
    /** By currency: to make one takes longer than to write the rest of a letter. */
    private final ConcurrentMap<String, NumberFormat> moneys = new ConcurrentHashMap<>();

    Formats(Language language, String dateAndTime) {
        this.language = language;
        this.dateAndTime = DateTimeFormatter.ofPattern(dateAndTime, language.locale());
    }

    String money(long minorUnits, String currencyCode) {
        try {
            var format = (NumberFormat)
                    moneys.computeIfAbsent(currencyCode, this::money).clone(); // for one thread only
            return format.format(BigDecimal.valueOf(minorUnits, format.getMaximumFractionDigits()));
        } catch (IllegalArgumentException unknown) {
            return BigDecimal.valueOf(minorUnits, 2).toPlainString() + " " + currencyCode;
        }
    }

    private NumberFormat money(String currencyCode) {
        var currency = Currency.getInstance(currencyCode);
        var digits = Math.max(0, currency.getDefaultFractionDigits());
        var format = NumberFormat.getCurrencyInstance(language.locale());
        format.setCurrency(currency);
        format.setMinimumFractionDigits(digits);
        format.setMaximumFractionDigits(digits);
        return format;
    }

    /** On the clocks of the place where the tour starts. */
    ZonedDateTime at(Instant instant, String timezone) {
        try {
            return instant.atZone(ZoneId.of(timezone));
        } catch (DateTimeException unknown) {
            return instant.atZone(ZoneOffset.UTC);
        }
    }

    String dateAndTime(ZonedDateTime at) {
        return dateAndTime.format(at);
    }

    /** With the place whose clocks are meant: Europe/Paris is Paris, America/Port_of_Spain is Port of Spain. */
    String place(ZonedDateTime at) {
        var id = at.getZone().getId();
        return at.getZone() instanceof ZoneOffset
                ? "UTC"
                : id.substring(id.lastIndexOf('/') + 1).replace('_', ' ');
    }
}
