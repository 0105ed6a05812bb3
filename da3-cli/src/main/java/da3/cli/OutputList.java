package da3.cli;

import da3.nn.Output;
import java.util.EnumSet;
import java.util.Set;

/** The value of an {@code --outputs} option: names of outputs, separated by commas. */
final class OutputList {

    private OutputList() {}

    /**
     * Parses names of outputs; an empty list is empty text.
     *
     * @throws IllegalArgumentException for an unknown name; the message lists the known ones
     */
    static Set<Output> parse(String text) {
        Set<Output> outputs = EnumSet.noneOf(Output.class);
        if (!text.isEmpty()) {
            for (String name : text.split(",", -1)) {
                outputs.add(Output.of(name.strip()));
            }
        }
        return outputs;
    }
}
