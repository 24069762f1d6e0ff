package escale.drill.wire;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Who reads which partitions. */
public final class Groups {
    private Groups() {}

    /** One line about every group whose name begins so. */
    public static String members(String bootstrapServers, String prefix) {
        try (var admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            var names = admin.listGroups().all().get().stream()
                    .map(each -> each.groupId())
                    .filter(each -> each.startsWith(prefix))
                    .toList();
            var described = admin.describeConsumerGroups(names).all().get();
            var lines = new TreeMap<String, List<String>>();
            described.forEach((name, group) -> lines.put(
                    name,
                    group.members().stream()
                            .map(member -> member.assignment().topicPartitions().size() + " partitions")
                            .sorted()
                            .toList()));
            return "groups " + lines;
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka does not tell its groups", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }
}
