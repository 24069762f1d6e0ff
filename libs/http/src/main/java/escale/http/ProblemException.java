package escale.http;

/** A refusal from where no value can be returned: binders, parsers, constructors. Use cases answer with outcomes instead. */
public final class ProblemException extends RuntimeException {
    private final Problem problem;

    public ProblemException(Problem problem) {
        // The client erred, not this code: a stack trace would only cost time.
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
