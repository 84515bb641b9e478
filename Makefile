# Two commands matter: `make run` and `make test`. What they do is in scripts/.
.PHONY: run test bench fmt clean

run:
	@scripts/run.sh

test:
	@scripts/test.sh

bench:
	@scripts/bench.sh

fmt:
	@scripts/fmt.sh

clean:
	@scripts/clean.sh
