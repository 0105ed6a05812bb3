package da3.streaming;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Pose;
import da3.geometry.View;
import da3.geometry.metrics.Angles;
import da3.streaming.PhotoLocation.Placement;
import da3.streaming.frame.Frame;
import da3.streaming.loop.CenteredDescriptors;
import da3.streaming.loop.LoopCandidate;
import da3.streaming.loop.LoopSearch;
import da3.streaming.loop.LoopVerification;
import da3.streaming.loop.PhotoAlignment;
import da3.streaming.store.MapStore;
import da3.streaming.window.AlignmentModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Finds out where photos were taken in a map (relocalization). The frames that look most like a photo are its candidates.
 * A few frames around each candidate and the photo pass through the network together, and the prediction is aligned to the
 * stored depth of these frames. A photo is placed if the frames agree with the map, the photo agrees with the depth of the
 * candidate better than most unrelated frames do, and no candidate elsewhere agrees about as well.
 *
 * <p>Where frames have no descriptors, the candidates are frames that overlap least in the map.
 */
public final class PhotoLocator {

    private static final int MAX_CANDIDATES = 5;

    /** The same without descriptors, where any part of the map may be the right one. */
    private static final int MAX_COVER = 16;

    /** A candidate elsewhere that agrees by this fraction of the best one makes a photo ambiguous. */
    private static final double AMBIGUOUS = 0.9;

    /** Maximum differences of placements in the same part of the map: relative to depth, and in degrees. */
    private static final double MAX_DISTANCE = 0.3;

    private static final double MAX_ANGLE = 15;

    private final StreamingMap map;
    private final MapStore store;
    private final WindowPredictor predictor;
    private final StreamingOptions options;
    private final Optional<CenteredDescriptors> descriptors;
    private OptionalDouble minAgreement = OptionalDouble.empty(); // computed when first needed

    /**
     * Creates a locator.
     *
     * @param map a map with at least one frame
     */
    PhotoLocator(StreamingMap map, MapStore store, WindowPredictor predictor, StreamingOptions options) {
        this.map = map;
        this.store = store;
        this.predictor = predictor;
        this.options = options;
        boolean complete = store.descriptors().stream().noneMatch(descriptor -> descriptor.length == 0);
        descriptors = complete ? Optional.of(new CenteredDescriptors(store.descriptors())) : Optional.empty();
    }

    /** A frame of the map that may show what the photo shows. */
    private record Candidate(int frame, double similarity) {}

    /** A candidate and the photo in the map according to it. */
    private record Attempt(Candidate candidate, PhotoAlignment alignment) {
        Pose pose() {
            return alignment.photo().camera().orElseThrow().pose();
        }
    }

    /**
     * Locates a photo. It is cropped to the shape of the frames of the map.
     *
     * @throws IOException if a frame of the map cannot be read
     */
    public PhotoLocation locate(String name, Image photo) throws IOException {
        return locate(new Frame(0, 0, name, photo));
    }

    /**
     * Locates a photo.
     *
     * @param photo a frame that is not part of the map; its pose is not used
     * @throws IOException if a frame of the map cannot be read
     */
    public PhotoLocation locate(Frame photo) throws IOException {
        Image size = store.frame(0).image();
        FittedPhoto fitted = FittedPhoto.of(photo.image(), size.width(), size.height());
        Frame frame = photo.resized(fitted.image(), fitted.transform());
        List<Candidate> candidates = candidates(frame);
        if (candidates.isEmpty()) {
            return rejected(photo, "looks like no frame of the map");
        }
        double usualInliers = LoopRun.usualInliers(store.windows());
        double minimum = minAgreement();
        List<Attempt> attempts = new ArrayList<>();
        for (Candidate candidate : candidates) {
            attempts.add(new Attempt(candidate, align(candidate.frame, frame)));
        }
        PhotoAlignment first = attempts.get(0).alignment;
        // Of frames that agree, the one that shares most with the photo determines its camera best.
        attempts.sort(Comparator.comparingInt(
                        (Attempt attempt) -> attempt.alignment.toFrame().agreeing())
                .reversed());
        List<Attempt> verified = attempts.stream()
                .filter(attempt -> attempt.alignment.verified(usualInliers, minimum))
                .toList();
        if (verified.isEmpty()) {
            return rejected(
                    photo,
                    String.format(
                            Locale.ROOT,
                            "does not fit the map: near frame %d, which looks most like it, %.0f %% of the depth "
                                    + "agrees, and %.0f %% of the points of the map; needed are %.0f %% and %.0f %%",
                            candidates.get(0).frame,
                            100 * first.agreement(),
                            100 * first.inliers(),
                            100 * minimum,
                            100 * LoopVerification.minInliers(usualInliers)));
        }
        Attempt best = verified.get(0);
        for (Attempt other : verified) {
            if (other.alignment.agreement() >= AMBIGUOUS * best.alignment.agreement() && !samePlace(best, other)) {
                return rejected(
                        photo,
                        "fits several parts of the map, at frames " + best.candidate.frame + " and "
                                + other.candidate.frame);
            }
        }
        return located(photo, best, fitted);
    }

    private static PhotoLocation rejected(Frame photo, String reason) {
        return new PhotoLocation(photo.name(), Optional.empty(), reason);
    }

    private static PhotoLocation located(Frame photo, Attempt best, FittedPhoto fitted) {
        Camera camera = best.alignment.photo().camera().orElseThrow();
        Placement placement = new Placement(
                new Camera(camera.pose(), fitted.transform().undo(camera.intrinsics())),
                best.candidate.frame,
                best.candidate.similarity,
                best.alignment.toFrame().agreeing(),
                best.alignment.agreement());
        String explanation = String.format(
                Locale.ROOT,
                "is near frame %d: %.0f %% of the depth agrees",
                placement.frame(),
                100 * placement.confidence());
        return new PhotoLocation(photo.name(), Optional.of(placement), explanation);
    }

    private boolean samePlace(Attempt a, Attempt b) {
        double distance = a.pose().cameraCenter().minus(b.pose().cameraCenter()).norm();
        return distance <= MAX_DISTANCE * depth(a.candidate.frame)
                && Angles.between(a.pose().rotation(), b.pose().rotation()) <= MAX_ANGLE;
    }

    /** Returns the median depth of the window of a frame in the unit of the map. */
    private double depth(int frame) {
        int window = store.frames().get(frame).window();
        return store.windows().get(window).depth() * map.scales().get(window);
    }

    /** Returns the frames that look most like a photo, from different parts of the map. */
    private List<Candidate> candidates(Frame photo) throws IOException {
        List<float[]> own = descriptors.isEmpty()
                ? List.of()
                : options.loops() == LoopMethod.DEEP
                        ? predictor.describe(List.of(photo))
                        : predictor.predict(List.of(photo)).descriptors();
        if (own.isEmpty()) {
            return map.frustumOverlap().cover(MAX_COVER).stream()
                    .map(frame -> new Candidate(frame, 0))
                    .toList();
        }
        float[] similarities = descriptors.get().similarities(own.get(0));
        List<Candidate> sorted = new ArrayList<>();
        for (int i = 0; i < similarities.length; i++) {
            if (similarities[i] >= LoopRun.MIN_SIMILARITY) {
                sorted.add(new Candidate(i, similarities[i]));
            }
        }
        sorted.sort(Comparator.comparingDouble(Candidate::similarity).reversed());
        List<Candidate> chosen = new ArrayList<>();
        for (Candidate candidate : sorted) {
            boolean near = chosen.stream()
                    .anyMatch(other -> Math.abs(other.frame - candidate.frame) < Math.max(1, options.window() / 4));
            if (!near && chosen.size() < MAX_CANDIDATES) {
                chosen.add(candidate);
            }
        }
        return chosen;
    }

    /** Returns what a photo must reach: more than most frames of the map reach where they do not belong. */
    private synchronized double minAgreement() throws IOException {
        if (minAgreement.isEmpty()) {
            List<Double> agreements = new ArrayList<>();
            if (descriptors.isPresent()) {
                LoopSearch search = new LoopSearch(options.window(), 1, 0, LoopRun.MIN_SIMILARITY);
                for (LoopCandidate pair : search.unrelated(store.size(), descriptors.get(), LoopRun.MAX_UNRELATED)) {
                    Frame elsewhere = StreamingRun.frame(store.frame(pair.to()));
                    agreements.add(align(pair.from(), elsewhere).agreement());
                }
            }
            minAgreement = OptionalDouble.of(LoopRun.minAgreementAbove(agreements));
        }
        return minAgreement.getAsDouble();
    }

    /** Predicts a photo together with the frames around a frame of the map, and moves it into the map. */
    private PhotoAlignment align(int frame, Frame photo) throws IOException {
        int count = Math.max(1, Math.min(LoopRun.MAX_FRAMES, options.window() / 2));
        int first = Math.max(0, Math.min(frame - count / 2, store.size() - count));
        List<Frame> frames = new ArrayList<>();
        List<View> known = new ArrayList<>();
        for (int i = first; i < Math.min(store.size(), first + count); i++) {
            frames.add(StreamingRun.frame(store.frame(i)));
            known.add(map.view(i));
        }
        frames.add(photo);
        List<View> together =
                predictor.predict(frames).requireViews(frames.size()).scene().views();
        AlignmentModel model = options.alignment().orElse(map.metric() ? AlignmentModel.SE3 : AlignmentModel.SIM3);
        return PhotoAlignment.of(known, frame - first, together, model);
    }
}
