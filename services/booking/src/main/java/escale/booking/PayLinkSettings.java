package escale.booking;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Who may sign pay links, and where they lead.
 *
 * @param key several with commas while one is replaced: the first signs, all are believed
 * @param site the pages of the storefront
 */
@ConfigurationProperties("escale.pay-link")
public record PayLinkSettings(
        @Bindable(defaultValue = "") String key,
        @Bindable(defaultValue = "http://localhost:8080") String site) {
    private static final int SHORTEST = 32;

    public PayLinkSettings {
        if (Arrays.stream(key.split(",", -1)).anyMatch(each -> each.strip().length() < SHORTEST)) {
            throw new IllegalArgumentException("Set PAY_LINK_KEY to " + SHORTEST
                    + " random characters or more: it signs the links by which is paid");
        }
    }

    List<byte[]> keys() {
        return Arrays.stream(key.split(",", -1))
                .map(each -> each.strip().getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public String toString() {
        return "PayLinkSettings[site=" + site + "]";
    }
}
