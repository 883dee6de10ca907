"""A night of retraining as a DAG of Airflow 2: lists of the day that ended, then a round of training by what is new."""

from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.bash import BashOperator

NIGHTLY = "/opt/rankline/deploy/schedule/nightly"
ENVIRONMENT = {
    "RANKLINE": "/opt/rankline/deploy/yarn/submit --num-executors 8 --",
    "RANKLINE_LOGS": "hdfs:///logs",
    "RANKLINE_LOGS_OPTIONS": "--from csv --query-column query --label-column relevance",
    "RANKLINE_LISTS": "hdfs:///lists",
    "RANKLINE_CONF": "/etc/rankline/run.conf",
    "RANKLINE_SERVING": "hdfs:///serving",
    "RANKLINE_JUDGED": "hdfs:///judged",
    # Not promoted is no failure.
    "RANKLINE_RETRAIN_OPTIONS": "--ok-if-not-promoted",
}

with DAG(
    dag_id="rankline_retrain",
    schedule="30 2 * * *",
    start_date=datetime(2026, 1, 1),
    # Days that were missed get their lists, one after the other.
    catchup=True,
    # Two trainings must not share a model_dir.
    max_active_runs=1,
    default_args={"retries": 2, "retry_delay": timedelta(minutes=10)},
) as dag:
    convert = BashOperator(
        task_id="convert",
        bash_command=NIGHTLY + " convert {{ ds }}",
        env=ENVIRONMENT,
        append_env=True,
    )
    retrain = BashOperator(
        task_id="retrain",
        bash_command=NIGHTLY + " retrain",
        env=ENVIRONMENT,
        append_env=True,
    )
    convert >> retrain
