package escale.notification.letter;

import escale.notification.Facts;
import escale.notification.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a letter is about.
 *
 * @param name how the traveller is greeted, if that is known
 * @param page where the booking can be seen
 */
public record Topic(
        Kind kind, UUID bookingId, Facts facts, @Nullable String name, String page, String support) {

    /** The link that came with the facts if a browser should follow it, otherwise the page of the booking. */
    String link() {
        var link = facts.link();
        return link != null && isWeb(link) ? link : page;
    }

    boolean hasLink() {
        return !link().equals(page);
    }

    private static boolean isWeb(String link) {
        try {
            var uri = new URI(link);
            return uri.getHost() != null
                    && ("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
