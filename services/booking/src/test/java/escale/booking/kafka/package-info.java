/** What booking reads, held against what others promise. */
package escale.booking.kafka;
