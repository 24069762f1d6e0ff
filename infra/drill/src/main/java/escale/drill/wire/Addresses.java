package escale.drill.wire;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * Where everything is.
 *
 * @param booking the public doors of booking, one per instance or one for all
 * @param simulator the control port of the provider simulator
 * @param mails the pages of the mail sink
 * @param home the root of the repository, where the launcher is
 * @param ledger the file of the provider simulator
 * @param loads where client logs and reports go
 */
public record Addresses(
        List<URI> booking,
        URI payment,
        String kafka,
        URI simulator,
        DatabaseAddress bookings,
        DatabaseAddress payments,
        DatabaseAddress notifications,
        URI mails,
        Path ledger,
        Path loads,
        Path home) {

    /** A database and a role that may read it. */
    public record DatabaseAddress(String name, String url, String user, String password) {
        /** For people: without what follows, which may hold a password. */
        public String place() {
            var parameters = url.indexOf('?');
            return parameters < 0 ? url : url.substring(0, parameters);
        }
    }
}
