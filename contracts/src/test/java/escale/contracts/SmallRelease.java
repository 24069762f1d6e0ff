package escale.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;

/** A release small enough to be read at a glance, and changed in one place to see what the gate says. */
record SmallRelease(String yaml) {
    List<String> changingNothing() {
        return ContractGate.breaks(contracts(yaml), contracts(yaml));
    }

    List<String> changing(String released, String current) {
        assertThat(yaml).containsOnlyOnce(released);
        return ContractGate.breaks(contracts(yaml), contracts(yaml.replace(released, current)));
    }

    private static Contracts contracts(String yaml) {
        var tree = Document.parse(yaml);
        var noExamples = JsonNodeFactory.instance.objectNode();
        return new Contracts(tree.path("topics"), tree.path("events"), noExamples, tree.path("apis"));
    }
}
