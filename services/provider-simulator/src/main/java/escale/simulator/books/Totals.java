package escale.simulator.books;

/** What moved in one currency, in minor units; {@code returned} is what refunds gave back to the merchant by failing. */
public record Totals(long charges, long charged, long refunds, long refunded, long returned) {

    static final Totals NOTHING = new Totals(0, 0, 0, 0, 0);

    Totals plusCharge(long amount) {
        return new Totals(charges + 1, charged + amount, refunds, refunded, returned);
    }

    Totals plusRefund(long amount) {
        return new Totals(charges, charged, refunds + 1, refunded + amount, returned);
    }

    Totals plusReturned(long amount) {
        return new Totals(charges, charged, refunds, refunded, returned + amount);
    }

    public long net() {
        return charged - refunded + returned;
    }
}
