package escale.payment;

import escale.payment.redrive.ContinueRedrive;
import escale.payment.refund.RefundMoney;
import escale.payment.sql.Hearsay;
import escale.payment.sql.LedgerMeters;
import escale.runtime.Ticker;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;

/** What is done again and again beside the records. */
@Factory
final class Rounds {

    @Singleton
    @Named("watch")
    Ticker watch(WatchProvider watch) {
        return new Ticker("provider watch", Duration.ofSeconds(1), watch::look);
    }

    @Singleton
    @Named("refund")
    Ticker refund(RefundMoney refund) {
        return new Ticker("refunds", Duration.ofSeconds(1), refund::round);
    }

    @Singleton
    @Named("redrive")
    Ticker redrive(ContinueRedrive redrive) {
        return new Ticker("redrives", Duration.ofSeconds(1), redrive::round);
    }

    @Singleton
    @Named("forget")
    Ticker forget(Hearsay hearsay) {
        return new Ticker("retention", Duration.ofHours(1), hearsay::forgetOld);
    }

    @Singleton
    @Named("meters")
    Ticker meters(LedgerMeters meters) {
        return new Ticker("ledger meters", Duration.ofSeconds(5), meters::count);
    }

    @Singleton
    @Named("reconcile")
    Ticker reconcile(Reconcile reconcile) {
        return new Ticker("reconciler", Duration.ofSeconds(5), reconcile::round);
    }
}
