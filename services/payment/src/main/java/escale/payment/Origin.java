package escale.payment;

import io.micronaut.serde.annotation.Serdeable;

/** The record that brought an attempt about, for timelines and dead letters. */
@Serdeable
public record Origin(String topic, int partition, long offset) {}
