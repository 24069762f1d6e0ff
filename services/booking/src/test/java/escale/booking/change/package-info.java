@org.jspecify.annotations.NullMarked
package escale.booking.change;
