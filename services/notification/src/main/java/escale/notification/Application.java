package escale.notification;

import escale.runtime.Service;

final class Application {
    private Application() {}

    public static void main(String... args) {
        Service.run("notification", args);
    }
}
