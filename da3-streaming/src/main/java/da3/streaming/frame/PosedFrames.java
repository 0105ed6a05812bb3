package da3.streaming.frame;

/** Frames with given poses. */
final class PosedFrames extends MappedFrames {

    private final GivenPoses poses;

    PosedFrames(FrameSource source, GivenPoses poses) {
        super(source);
        this.poses = poses;
    }

    @Override
    Frame map(Frame frame) {
        return poses.of(frame.number(), frame.seconds()).map(frame::withPose).orElse(frame);
    }

    @Override
    public boolean hasPoses() {
        return true;
    }

    @Override
    String change() {
        return poses.description();
    }
}
