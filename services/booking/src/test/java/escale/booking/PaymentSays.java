package escale.booking;

/** What payment's events say beside what they all have, to be appended to it. */
final class PaymentSays {
    static final String PROVIDER_ID = ", \"providerPaymentId\": \"pi_1\"";
    static final String DECLINED = ", \"reason\": \"expired_card\", \"message\": \"No\"";
    static final String UNKNOWN = ", \"cause\": \"read-timeout\", \"attempts\": 6, \"proof\": \"UNKNOWN\"";
    static final String UNPAID = ", \"cause\": \"read-timeout\", \"attempts\": 6, \"proof\": \"UNPAID\"";
    /** The traveller has to confirm there. */
    static final String BANK = ", \"link\": \"https://bank.example/3ds\", \"expiresAt\": \"2099-05-04T08:45:31Z\"";

    private PaymentSays() {}
}
