package escale.local.deadletters;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The person at the keyboard.
 *
 * @param show one more line
 * @param update a line that takes the place of the one updated before
 * @param answer what they type; null at the end of the input
 */
public record Terminal(Consumer<String> show, Consumer<String> update, Supplier<@Nullable String> answer) {}
