package da3.train.optimizer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One optimizer for each group of parameters. A parameter belongs to the first group whose pattern matches its name.
 */
public final class OptimizerGroups implements Optimizer {

    private final List<ParameterSlot> slots;
    private final List<Member> members;

    /** @param indices indices of the parameters of the optimizer among all parameters */
    private record Member(Optimizer optimizer, List<Integer> indices) {

        List<float[]> pick(List<float[]> all) {
            List<float[]> picked = new ArrayList<>();
            indices.forEach(i -> picked.add(all.get(i)));
            return picked;
        }
    }

    /** @throws IllegalArgumentException naming a parameter that no group's pattern matches */
    public OptimizerGroups(List<ParameterSlot> slots, List<OptimizerGroup> groups) {
        this.slots = List.copyOf(slots);
        List<List<Integer>> indices = new ArrayList<>();
        groups.forEach(group -> indices.add(new ArrayList<>()));
        for (int i = 0; i < slots.size(); i++) {
            indices.get(groupOf(slots.get(i), groups)).add(i);
        }
        this.members = new ArrayList<>();
        for (int g = 0; g < groups.size(); g++) {
            List<Integer> own = indices.get(g);
            if (!own.isEmpty()) {
                List<ParameterSlot> ownSlots = own.stream().map(slots::get).toList();
                members.add(new Member(groups.get(g).optimizer().apply(ownSlots), own));
            }
        }
    }

    private static int groupOf(ParameterSlot slot, List<OptimizerGroup> groups) {
        for (int g = 0; g < groups.size(); g++) {
            if (groups.get(g).pattern().matcher(slot.name()).find()) {
                return g;
            }
        }
        throw new IllegalArgumentException("parameter " + slot.name() + " must match the pattern of a group, got "
                + groups.stream().map(OptimizerGroup::pattern).toList());
    }

    @Override
    public List<ParameterSlot> slots() {
        return slots;
    }

    @Override
    public void step(List<float[]> values, List<float[]> gradients, double learningRateFactor) {
        SlotLists.require("values", slots, values, false);
        SlotLists.require("gradient", slots, gradients, true);
        members.forEach(
                member -> member.optimizer().step(member.pick(values), member.pick(gradients), learningRateFactor));
    }

    @Override
    public OptimizerState state() {
        OptimizerState all = new OptimizerState(new LinkedHashMap<>(), new LinkedHashMap<>());
        for (Member member : members) {
            OptimizerState own = member.optimizer().state();
            all.values().putAll(own.values());
            all.steps().putAll(own.steps());
        }
        return all;
    }

    /** {@inheritDoc} If a group rejects its part of the state, previous groups have already been restored. */
    @Override
    public void restore(OptimizerState state) {
        Map<String, float[]> values = new HashMap<>(state.values());
        Map<String, Long> steps = new HashMap<>(state.steps());
        List<OptimizerState> parts = new ArrayList<>();
        for (Member member : members) {
            OptimizerState own = new OptimizerState(new HashMap<>(), new HashMap<>());
            for (ParameterSlot slot : member.optimizer().slots()) {
                move(values, own.values(), slot.name() + ":");
                if (steps.containsKey(slot.name())) {
                    own.steps().put(slot.name(), steps.remove(slot.name()));
                }
            }
            parts.add(own);
        }
        StateEntries.requireNoneLeft(values);
        StateEntries.requireNoneLeft(steps);
        for (int i = 0; i < parts.size(); i++) {
            members.get(i).optimizer().restore(parts.get(i));
        }
    }

    private static void move(Map<String, float[]> from, Map<String, float[]> to, String prefix) {
        List<String> names =
                from.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
        names.forEach(name -> to.put(name, from.remove(name)));
    }
}
