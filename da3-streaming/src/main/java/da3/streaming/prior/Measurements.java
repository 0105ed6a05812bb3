package da3.streaming.prior;

import da3.geometry.math.Vec3;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Measurements of other sensors that correct a map. They do not change what is stored, so a map can be opened again with
 * others. Positions and poses are in one world frame, which becomes that of the map.
 *
 * @param positions positions of cameras
 * @param poses poses of cameras
 * @param odometry motions between cameras
 */
public record Measurements(
        Optional<PositionPriors> positions, Optional<PosePriors> poses, Optional<Odometry> odometry) {

    public static final Measurements NONE = new Measurements(Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * The measurements of the frames of a map.
     *
     * @param positions positions of frames
     * @param poses poses of frames
     * @param odometry motions between frames
     */
    public record Placed(
            List<PositionPriors.Placed> positions, List<PosePriors.Placed> poses, List<Odometry.Placed> odometry) {

        public static final Placed NONE = new Placed(List.of(), List.of(), List.of());

        private static final double MIN_SPREAD = 1 / (0.2 * 0.2);

        public Placed {
            positions = List.copyOf(positions);
            poses = List.copyOf(poses);
            odometry = List.copyOf(odometry);
        }

        /** Returns the measured centers: those of positions, then those of poses. */
        public List<MeasuredCenter> centers() {
            return Stream.concat(
                            positions.stream().map(MeasuredCenter::of),
                            poses.stream().map(MeasuredCenter::of))
                    .toList();
        }

        /**
         * Returns whether the scale of a map follows from the measured centers: they are so far apart that its standard
         * deviation is at most 20 %. Otherwise a map could shrink to a point to agree with them.
         */
        public boolean determinesScale() {
            List<MeasuredCenter> centers = centers();
            double weights = 0;
            Vec3 sum = Vec3.ZERO;
            for (MeasuredCenter center : centers) {
                weights += center.weight();
                sum = sum.plus(center.position().times(center.weight()));
            }
            double spread = 0; // in squared standard deviations
            for (MeasuredCenter center : centers) {
                Vec3 distance = center.position().minus(sum.times(1 / weights));
                spread += center.weight() * distance.dot(distance);
            }
            return spread >= MIN_SPREAD;
        }

        /** Returns whether there is no measurement. */
        public boolean isEmpty() {
            return !definesWorld() && odometry.isEmpty();
        }

        /** Returns whether a position or pose is measured, so that the world frame is that of the measurements. */
        public boolean definesWorld() {
            return !positions.isEmpty() || !poses.isEmpty();
        }
    }

    public Measurements {
        Objects.requireNonNull(positions, "positions");
        Objects.requireNonNull(poses, "poses");
        Objects.requireNonNull(odometry, "odometry");
    }

    /** Returns these measurements with positions. */
    public Measurements withPositions(PositionPriors measured) {
        return new Measurements(Optional.of(measured), poses, odometry);
    }

    /** Returns these measurements with poses. */
    public Measurements withPoses(PosePriors measured) {
        return new Measurements(positions, Optional.of(measured), odometry);
    }

    /** Returns these measurements with motions. */
    public Measurements withOdometry(Odometry measured) {
        return new Measurements(positions, poses, Optional.of(measured));
    }

    /**
     * Returns the measurements of frames.
     *
     * @param seconds time of each frame; of frames at the same time, the first counts
     * @param names name of each frame
     */
    public Placed place(double[] seconds, List<String> names) {
        return new Placed(
                positions.map(measured -> measured.place(seconds, names)).orElse(List.of()),
                poses.map(measured -> measured.place(seconds, names)).orElse(List.of()),
                odometry.map(measured -> measured.place(seconds)).orElse(List.of()));
    }

    /**
     * Requires that there are no measurements, as is necessary if exact poses are given.
     *
     * @throws IllegalArgumentException if there are; the message names them
     */
    public void requireNoneWithGivenPoses() {
        rejectWithGivenPoses(positions, "measured positions");
        rejectWithGivenPoses(poses, "pose priors");
        rejectWithGivenPoses(odometry, "odometry");
    }

    private static void rejectWithGivenPoses(Optional<?> measured, String name) {
        if (measured.isPresent()) {
            throw new IllegalArgumentException(name + " cannot be combined with given poses");
        }
    }
}
