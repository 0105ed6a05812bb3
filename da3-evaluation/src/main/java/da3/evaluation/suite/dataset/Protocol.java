package da3.evaluation.suite.dataset;

/** Whose protocol is followed where the paper of Depth Anything 3 and the code published with it differ. */
public enum Protocol {
    /** The published code: all frames before sampling, and for HiRoom a threshold of 0.05. */
    CODE,
    /** The paper: every 11th frame of 7-Scenes, every 5th of ScanNet++, and for HiRoom a threshold of 0.005. */
    PAPER
}
