package da3.weights.hub;

import da3.nn.Preset;
import java.util.Arrays;
import java.util.Optional;

/**
 * The checkpoints that were published with the paper. They are not part of this software; each has the license named
 * here.
 *
 * <p>Source: reference README.md and model cards; parameters are counted over the tensors of each preset.
 */
public enum PublishedModel {
    DA3NESTED_GIANT_LARGE_1_1(
            "DA3NESTED-GIANT-LARGE-1.1", Preset.DA3NESTED_GIANT_LARGE, 1_689_845_519L, License.CC_BY_NC_4_0),
    DA3NESTED_GIANT_LARGE("DA3NESTED-GIANT-LARGE", Preset.DA3NESTED_GIANT_LARGE, 1_689_845_519L, License.CC_BY_NC_4_0),
    DA3_GIANT_1_1("DA3-GIANT-1.1", Preset.DA3_GIANT, 1_355_674_125L, License.CC_BY_NC_4_0),
    DA3_GIANT("DA3-GIANT", Preset.DA3_GIANT, 1_355_674_125L, License.CC_BY_NC_4_0),
    DA3_LARGE_1_1("DA3-LARGE-1.1", Preset.DA3_LARGE, 410_941_767L, License.CC_BY_NC_4_0),
    DA3_LARGE("DA3-LARGE", Preset.DA3_LARGE, 410_941_767L, License.CC_BY_NC_4_0),
    DA3_BASE("DA3-BASE", Preset.DA3_BASE, 135_366_599L, License.APACHE_2_0),
    DA3_SMALL("DA3-SMALL", Preset.DA3_SMALL, 34_299_463L, License.APACHE_2_0),
    DA3METRIC_LARGE("DA3METRIC-LARGE", Preset.DA3METRIC_LARGE, 334_171_394L, License.APACHE_2_0),
    DA3MONO_LARGE("DA3MONO-LARGE", Preset.DA3MONO_LARGE, 334_171_394L, License.APACHE_2_0);

    /** The license of a checkpoint. */
    public enum License {
        APACHE_2_0("Apache-2.0"),
        CC_BY_NC_4_0("CC-BY-NC-4.0");

        private final String spdx;

        License(String spdx) {
            this.spdx = spdx;
        }

        /** Returns the identifier in the SPDX list. */
        public String spdx() {
            return spdx;
        }
    }

    private final HubId id;
    private final Preset preset;
    private final long parameters;
    private final License license;

    PublishedModel(String name, Preset preset, long parameters, License license) {
        this.id = new HubId("depth-anything", name, HubId.MAIN);
        this.preset = preset;
        this.parameters = parameters;
        this.license = license;
    }

    /** Returns the published model with an id, regardless of its revision, or empty if there is none. */
    public static Optional<PublishedModel> of(HubId id) {
        return Arrays.stream(values())
                .filter(model -> model.id.withRevision(id.revision()).equals(id))
                .findFirst();
    }

    public HubId id() {
        return id;
    }

    public Preset preset() {
        return preset;
    }

    /** Returns the number of stored parameters; shared ones count once. */
    public long parameters() {
        return parameters;
    }

    /** Returns the approximate size of a download: the parameters as 32-bit floats. */
    public long approximateBytes() {
        return Float.BYTES * parameters;
    }

    public License license() {
        return license;
    }

    /** Returns whether the license forbids commercial use. */
    public boolean nonCommercial() {
        return license == License.CC_BY_NC_4_0;
    }
}
